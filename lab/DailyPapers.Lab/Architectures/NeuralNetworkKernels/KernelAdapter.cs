using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.NeuralNetworkKernels;

/// <summary>
/// An adapter with a kernel layer (arXiv:2310.13225, section 4): x + v ⊙ ΨΦ(x), without a bottleneck, of Count · d + d parameters. It starts as
/// the identity: v is zero.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class KernelAdapter : Module<Tensor, Tensor>
{
    private readonly ScalableKernelLinear _layer;
    private readonly Parameter _modulation;

    /// <summary>An adapter at its initial weights, on the device of its features.</summary>
    /// <param name="features">Maps of d inputs; owned by the adapter.</param>
    public KernelAdapter(KernelFeatures features)
        : base(nameof(KernelAdapter))
    {
        ArgumentNullException.ThrowIfNull(features);
        _layer = new ScalableKernelLinear(features, features.Inputs);
        _modulation = new Parameter(zeros(features.Inputs, dtype: _layer.Weight.dtype, device: _layer.Weight.device));
        RegisterComponents();
    }

    // #region adapter
    /// <inheritdoc/>
    /// <param name="input">(..., d).</param>
    /// <returns>(..., d).</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (input + _modulation * _layer.call(input)).MoveToOuterDisposeScope();
    }
    // #endregion adapter
}
