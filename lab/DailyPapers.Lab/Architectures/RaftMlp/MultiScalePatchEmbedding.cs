using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.RaftMlp;

/// <summary>
/// Patches of several sizes around the same centres, concatenated and mapped by one linear layer (arXiv:2108.04384, section 3): the
/// smallest patches tile the image, larger ones overlap and are padded with zeros at the border. With one size it is the usual patch
/// embedding.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class MultiScalePatchEmbedding : Module<Tensor, Tensor>
{
    private readonly Linear _linear;
    private readonly int _channels;
    private readonly int[] _kernels;

    /// <summary>The layer at its initial weights, which are a linear layer's of PyTorch.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="dim">Channels of a token.</param>
    /// <param name="kernels">Rows and columns of the patches; the smallest is the stride, and each is it plus an even number.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public MultiScalePatchEmbedding(int channels, int dim, IReadOnlyList<int> kernels, Device? device = null, ScalarType? dtype = null)
        : base(nameof(MultiScalePatchEmbedding))
    {
        ArgumentNullException.ThrowIfNull(kernels);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernels.Count, 1);
        Stride = kernels.Min();
        ArgumentOutOfRangeException.ThrowIfLessThan(Stride, 1, nameof(kernels));
        if (kernels.FirstOrDefault(kernel => (kernel - Stride) % 2 != 0) is > 0 and var odd)
            throw new ArgumentException($"A patch of {odd} can't be centred on patches of {Stride}.", nameof(kernels));
        (_channels, _kernels) = (channels, [.. kernels]);
        _linear = Linear(channels * _kernels.Sum(kernel => (long)kernel * kernel), dim, true, device, dtype);
        RegisterComponents();
    }

    /// <summary>Distance of the patches' centres, the smallest patch's side.</summary>
    public int Stride { get; }

    /// <summary>Numbers that are trained.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="dim">Channels of a token.</param>
    /// <param name="kernels">Sides of the patches.</param>
    public static long Parameters(int channels, int dim, IEnumerable<int> kernels) => (channels * kernels.Sum(kernel => (long)kernel * kernel) + 1) * dim;

    // #region embed
    /// <inheritdoc/>
    /// <param name="input">(n, channels, height, width); sides that the stride doesn't divide are resized up to the next that it does, bicubically.</param>
    /// <returns>Tokens, (n, ⌈height / stride⌉, ⌈width / stride⌉, dim).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _channels, TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        var (rows, columns) = ((input.shape[2] + Stride - 1) / Stride, (input.shape[3] + Stride - 1) / Stride);
        var images = input.shape[2] == rows * Stride && input.shape[3] == columns * Stride
            ? input
            : BicubicResize.Images(input, rows * Stride, columns * Stride);
        var patches = _kernels.Select(kernel => functional.unfold(images, kernel, stride: Stride, padding: (kernel - Stride) / 2)).ToList();
        return _linear.call(cat(patches, 1).transpose(1, 2)).unflatten(1, [rows, columns]).MoveToOuterDisposeScope();
    }
    // #endregion embed
}
