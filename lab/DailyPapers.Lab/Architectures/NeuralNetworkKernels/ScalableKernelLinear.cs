using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.NeuralNetworkKernels;

/// <summary>
/// A scalable neural network kernel layer (SNNK, arXiv:2310.13225, section 3): y_j = Φ(x)·ψ_j in place of f(w_j·x + b_j). The ψ_j are trained,
/// Count · out numbers instead of (d + 1) · out; the activation is inside the features.
/// </summary>
/// <remarks>Initial weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class ScalableKernelLinear : Module<Tensor, Tensor>, ICountsMultiplyAdds
{
    private readonly KernelFeatures _features;
    private readonly Parameter _weight;

    /// <summary>A layer that starts as the estimate of a freshly drawn one: ψ = Ψ(w, b), entries of w and b uniform in ±1/√d.</summary>
    /// <param name="features">The maps; owned by the layer. Device and type of the layer are those of its features.</param>
    /// <param name="outputs">Number of outputs.</param>
    public ScalableKernelLinear(KernelFeatures features, long outputs)
        : this(features, Drawn(features, outputs))
    {
    }

    private ScalableKernelLinear(KernelFeatures features, Tensor psi)
        : base(nameof(ScalableKernelLinear))
    {
        _features = features;
        _weight = new Parameter(psi);
        RegisterComponents();
    }

    /// <summary>The features; a layer of d inputs.</summary>
    public KernelFeatures Features => _features;

    /// <summary>ψ, (out, Count).</summary>
    public Parameter Weight => _weight;

    /// <summary>The estimate of an existing layer, f(Wx + b) ≈ Φ(x)·Ψ(W, b).</summary>
    /// <param name="linear">W and b.</param>
    /// <param name="features">The maps, of the layer's inputs; owned by the new layer.</param>
    public static ScalableKernelLinear FromLinear(Linear linear, KernelFeatures features)
    {
        ArgumentNullException.ThrowIfNull(linear);
        ArgumentNullException.ThrowIfNull(features);
        using var fixedValues = no_grad();
        return new(features, features.OfParameters(linear.weight, linear.bias));
    }

    // #region layer
    /// <inheritdoc/>
    /// <param name="input">(..., d).</param>
    /// <returns>(..., out).</returns>
    public override Tensor forward(Tensor input)
    {
        using var features = _features.call(input);
        return functional.linear(features, _weight);
    }
    // #endregion layer

    /// <inheritdoc/>
    public long MultiplyAdds(ReadOnlySpan<long> input, ReadOnlySpan<long> output)
    {
        var product = _features.Count;
        foreach (var length in output)
            product *= length;
        return product;
    }

    private static Tensor Drawn(KernelFeatures features, long outputs)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        using var scope = NewDisposeScope();
        using var fixedValues = no_grad();
        var buffer = features.buffers().First();
        var bound = 1 / Math.Sqrt(features.Inputs);
        var weights = (rand(outputs, features.Inputs, dtype: buffer.dtype, device: buffer.device) * 2 - 1) * bound;
        var biases = (rand(outputs, dtype: buffer.dtype, device: buffer.device) * 2 - 1) * bound;
        var biased = features is not ReluRandomFeatures { Biased: false };
        return features.OfParameters(weights, biased ? biases : null).MoveToOuterDisposeScope();
    }
}
