using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.NeuralNetworkKernels;

/// <summary>
/// A bottleneck adapter (Houlsby et al. 2019), x + U ReLU(Dx + b) + c, of 2dr + r + d parameters. It starts as the identity: U and c are zero.
/// </summary>
/// <remarks>D comes from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class BottleneckAdapter : Module<Tensor, Tensor>
{
    private readonly Linear _down;
    private readonly Linear _up;

    /// <summary>An adapter at its initial weights.</summary>
    /// <param name="dim">d, channels of a token.</param>
    /// <param name="bottleneck">r, channels inside.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public BottleneckAdapter(long dim, long bottleneck, Device? device = null, ScalarType? dtype = null)
        : base(nameof(BottleneckAdapter))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bottleneck, 1);
        _down = Linear(dim, bottleneck, true, device, dtype);
        _up = Linear(bottleneck, dim, true, device, dtype);
        init.zeros_(_up.weight);
        init.zeros_(_up.bias);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">(..., d).</param>
    /// <returns>(..., d).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), _down.in_features);
        using var scope = NewDisposeScope();
        return (input + _up.call(_down.call(input).relu())).MoveToOuterDisposeScope();
    }
}
