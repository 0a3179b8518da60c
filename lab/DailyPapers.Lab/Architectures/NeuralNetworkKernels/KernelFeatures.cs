using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.NeuralNetworkKernels;

/// <summary>
/// Two random maps whose inner product estimates a layer, Φ(x)·Ψ(w, b) ≈ K(x, (w, b)) = f(w·x + b): one of the input, one of the
/// parameters (arXiv:2310.13225, section 3). As a module it maps x to Φ(x). The draw is fixed: a buffer, not trained.
/// </summary>
/// <remarks>Directions come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public abstract class KernelFeatures : Module<Tensor, Tensor>, ICountsMultiplyAdds
{
    private protected KernelFeatures(string name, long inputs, long directions, long count)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(directions, 1);
        (Inputs, Directions, Count) = (inputs, directions, count);
    }

    /// <summary>d, length of an input.</summary>
    public long Inputs { get; }

    /// <summary>m, random directions drawn.</summary>
    public long Directions { get; }

    /// <summary>Length of Φ(x) and of Ψ(w, b).</summary>
    public long Count { get; }

    /// <summary>Ψ(w, b).</summary>
    /// <param name="weights">One w a row, (out, d).</param>
    /// <param name="biases">b, (out); zeros when null.</param>
    /// <returns>(out, Count).</returns>
    public abstract Tensor OfParameters(Tensor weights, Tensor? biases = null);

    /// <summary>K(x, (w, b)), what Φ(x)·Ψ(w, b) is on average over draws.</summary>
    /// <param name="inputs">(n, d).</param>
    /// <param name="weights">(out, d).</param>
    /// <param name="biases">(out); zeros when null.</param>
    /// <returns>(n, out).</returns>
    public abstract Tensor Kernel(Tensor inputs, Tensor weights, Tensor? biases = null);

    /// <inheritdoc/>
    public long MultiplyAdds(ReadOnlySpan<long> input, ReadOnlySpan<long> output)
    {
        long product = Directions;
        foreach (var length in input)
            product *= length;
        return product;
    }

    private protected void RequireParameters(Tensor weights, Tensor? biases)
    {
        TensorShape.Require(weights, nameof(weights), TensorShape.Any, Inputs);
        if (biases is not null)
            TensorShape.Require(biases, nameof(biases), weights.shape[0]);
    }

    /// <summary>N(0, I) directions in rows, (rows, d), independent or orthogonal in blocks.</summary>
    private protected static Tensor DrawDirections(long rows, long dimensions, bool orthogonal, Device? device, ScalarType? dtype)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (!orthogonal || device?.type == TorchSharp.DeviceType.META)
            return randn(rows, dimensions, dtype: dtype, device: device);
        using var drawn = OrthogonalGaussian.Draw(rows, dimensions, dtype: dtype);
        return drawn.to(device ?? CPU, copy: true);
    }
}
