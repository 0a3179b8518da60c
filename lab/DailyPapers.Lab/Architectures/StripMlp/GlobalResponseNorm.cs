using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>
/// Global response normalisation (Woo et al. 2023, ConvNeXt V2): x + γ x N + β, where N is a channel's Euclidean norm over the map
/// divided by the mean of all channels' norms. γ and β begin at zero, so that it begins as the identity.
/// </summary>
public sealed class GlobalResponseNorm : Module<Tensor, Tensor>
{
    private const double Epsilon = 1e-6;

    private readonly Parameter _gamma;
    private readonly Parameter _beta;
    private readonly long _channels;

    /// <summary>The identity.</summary>
    /// <param name="channels">Channels, the last axis.</param>
    /// <param name="device">Where the parameters live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public GlobalResponseNorm(long channels, Device? device = null, ScalarType? dtype = null)
        : base(nameof(GlobalResponseNorm))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        _channels = channels;
        _gamma = new Parameter(zeros([channels], dtype: dtype, device: device));
        _beta = new Parameter(zeros([channels], dtype: dtype, device: device));
        RegisterComponents();
    }

    /// <summary>γ, (channels).</summary>
    public Parameter Gamma => _gamma;

    /// <summary>β, (channels).</summary>
    public Parameter Beta => _beta;

    /// <inheritdoc/>
    /// <param name="input">(n, rows, columns, channels).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, TensorShape.Any, TensorShape.Any, _channels);
        using var scope = NewDisposeScope();
        var norms = linalg.vector_norm(input, 2, [1L, 2L], keepdim: true);
        var response = norms / (norms.mean([3], keepdim: true) + Epsilon);
        return (_gamma * (input * response) + _beta + input).MoveToOuterDisposeScope();
    }
}
