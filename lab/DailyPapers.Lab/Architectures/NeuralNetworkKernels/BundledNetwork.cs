using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.NeuralNetworkKernels;

/// <summary>
/// A bundled network (arXiv:2310.13225, section 3.3): all that depends on the input is a chain of random maps, Φ(x) = Φ_L(…Φ₁(x)), and all that
/// is trained is one linear layer on top, y = AΦ(x) + c. Under squared loss its best parameters have a closed form.
/// </summary>
public sealed class BundledNetwork : Module<Tensor, Tensor>
{
    private readonly ModuleList<Module<Tensor, Tensor>> _features;
    private readonly Linear _head;

    /// <summary>A network of the given maps.</summary>
    /// <param name="features">Φ₁ to Φ_L, each on what the one before gives; owned by the network.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <exception cref="ArgumentException">A map's inputs are not the features of the one before.</exception>
    public BundledNetwork(IReadOnlyList<KernelFeatures> features, long outputs)
        : base(nameof(BundledNetwork))
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count == 0)
            throw new ArgumentException("A bundled network needs at least one map.", nameof(features));
        for (var depth = 1; depth < features.Count; depth++)
        {
            if (features[depth].Inputs != features[depth - 1].Count)
                throw new ArgumentException($"Map {depth + 1} reads {features[depth].Inputs} numbers, the one before gives {features[depth - 1].Count}.", nameof(features));
        }
        var buffer = features[0].buffers().First();
        _features = ModuleList<Module<Tensor, Tensor>>([.. features]);
        _head = Linear(features[^1].Count, outputs, true, buffer.device, buffer.dtype);
        RegisterComponents();
    }

    /// <summary>A and c.</summary>
    public Linear Head => _head;

    // #region merge
    /// <summary>
    /// Bundles a layer with the linear one that follows: W(ΨΦ(x)) + c = (WΨ)Φ(x) + c, the same function with Count · out numbers in
    /// place of both layers'.
    /// </summary>
    /// <param name="layer">The kernel layer; its features are shared with the new network.</param>
    /// <param name="next">W and c; c = 0 when it has none.</param>
    public static BundledNetwork Merge(ScalableKernelLinear layer, Linear next)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(next);
        TensorShape.Require(next.weight!, nameof(next), TensorShape.Any, layer.Weight.shape[0]);
        using var fixedValues = no_grad();
        var merged = new BundledNetwork([layer.Features], next.weight!.shape[0]);
        using var product = next.weight!.matmul(layer.Weight);
        merged._head.weight!.copy_(product);
        if (next.bias is { } bias)
            merged._head.bias!.copy_(bias);
        else
            merged._head.bias!.zero_();
        return merged;
    }
    // #endregion merge

    /// <summary>Φ(x), (..., Count of the last map).</summary>
    /// <param name="input">(..., d).</param>
    public Tensor Features(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        var features = input.alias();
        foreach (var map in _features)
            features = map.call(features);
        return features.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <param name="input">(..., d).</param>
    /// <returns>(..., outputs).</returns>
    public override Tensor forward(Tensor input)
    {
        using var features = Features(input);
        return _head.call(features);
    }

    // #region closed-form
    /// <summary>Sets A and c to the minimum of (1/n) Σ‖AΦ(x) + c − y‖² + λ‖A‖², in one linear solve of Count equations.</summary>
    /// <param name="inputs">(n, d).</param>
    /// <param name="targets">y, (n, outputs).</param>
    /// <param name="ridge">λ, positive.</param>
    public void FitLeastSquares(Tensor inputs, Tensor targets, double ridge)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        TensorShape.Require(targets, nameof(targets), inputs.shape[0], _head.out_features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ridge);
        using var scope = NewDisposeScope();
        using var fixedValues = no_grad();
        var features = Features(inputs).to(float64);
        var (featureMean, targetMean) = (features.mean([0], keepdim: true), targets.to(float64).mean([0], keepdim: true));
        // The best c puts the mean of the outputs at that of the targets, so A is found on centred data.
        var (phi, y) = (features - featureMean, targets.to(float64) - targetMean);
        var gram = phi.t().matmul(phi) / inputs.shape[0];
        gram.diagonal().add_(ridge);
        var solution = cholesky_solve(phi.t().matmul(y) / inputs.shape[0], linalg.cholesky(gram)); // (Count, outputs)
        _head.weight!.copy_(solution.t());
        _head.bias!.copy_((targetMean - featureMean.matmul(solution)).squeeze(0));
    }
    // #endregion closed-form
}
