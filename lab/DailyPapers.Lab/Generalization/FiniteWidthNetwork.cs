using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization;

/// <summary>
/// A fully connected ReLU network of finite width in NTK parametrisation with one output, at random initialisation, and
/// its empirical neural tangent kernel. The infinite-width limit is <see cref="NeuralTangentKernel"/>.
/// </summary>
/// <remarks>
/// f = σ_w/√m W h + σ_b b in every layer, with W, b ~ N(0, 1), h the previous layer's activations and m its width.
/// </remarks>
public sealed class FiniteWidthNetwork : IDisposable
{
    private readonly Tensor[] _weights; // (in, out)
    private readonly Tensor[] _biases; // (out)
    private readonly double _weightScale;
    private readonly double _biasScale;

    /// <summary>Draws the parameters.</summary>
    /// <param name="inputs">Input dimension d ≥ 1.</param>
    /// <param name="width">Width of each hidden layer ≥ 1.</param>
    /// <param name="limit">Depth and variances, by the network's limit kernel.</param>
    /// <param name="generator">Source of randomness.</param>
    public FiniteWidthNetwork(int inputs, int width, NeuralTangentKernel limit, Generator generator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentNullException.ThrowIfNull(generator);
        _weightScale = Math.Sqrt(limit.WeightVariance);
        _biasScale = Math.Sqrt(limit.BiasVariance);
        _weights = new Tensor[limit.HiddenLayers + 1];
        _biases = new Tensor[limit.HiddenLayers + 1];
        for (var layer = 0; layer <= limit.HiddenLayers; layer++)
        {
            var fanIn = layer == 0 ? inputs : width;
            var fanOut = layer == limit.HiddenLayers ? 1 : width;
            _weights[layer] = randn(fanIn, fanOut, dtype: float64, generator: generator).DetachFromDisposeScope();
            _biases[layer] = randn(fanOut, dtype: float64, generator: generator).DetachFromDisposeScope();
        }
    }

    /// <summary>The parameters, weights (in, out) and biases (out) layer by layer; owned by the network.</summary>
    public IEnumerable<Tensor> Parameters => _weights.Concat(_biases);

    /// <summary>The network's outputs (n) for inputs (n, d), float64.</summary>
    public Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var hidden = x;
        for (var layer = 0; layer < _weights.Length; layer++)
            hidden = PreActivation(layer, layer == 0 ? hidden : hidden.relu());
        return hidden.squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The empirical tangent kernel, ⟨∂f(x)/∂θ, ∂f(x')/∂θ⟩, between the rows of two inputs.
    /// </summary>
    /// <remarks>
    /// A layer's weight gradient is the outer product of its input h and its back-propagated error e, so the layer adds
    /// ⟨e, e'⟩ (σ_w²/m ⟨h, h'⟩ + σ_b²), and the n × P Jacobian is never formed.
    /// </remarks>
    /// <param name="x">Inputs (n, d), float64.</param>
    /// <param name="other">Inputs (m, d), float64.</param>
    /// <returns>Kernel (n, m).</returns>
    public Tensor TangentKernel(Tensor x, Tensor other)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(other);
        using var scope = NewDisposeScope();
        var (activations, errors) = Backpropagate(x);
        var (otherActivations, otherErrors) = Backpropagate(other);
        var kernel = zeros(x.shape[0], other.shape[0], dtype: float64);
        for (var layer = 0; layer < _weights.Length; layer++)
        {
            var inputs = activations[layer].mm(otherActivations[layer].t()) * (_weightScale * _weightScale / _weights[layer].shape[0]);
            kernel += errors[layer].mm(otherErrors[layer].t()) * (inputs + _biasScale * _biasScale);
        }

        return kernel.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in Parameters)
            parameter.Dispose();
    }

    /// <summary>Each layer's input (n, m) and the derivative of the output by its pre-activation (n, m').</summary>
    private (Tensor[] Activations, Tensor[] Errors) Backpropagate(Tensor x)
    {
        var activations = new Tensor[_weights.Length];
        var active = new Tensor[_weights.Length];
        var errors = new Tensor[_weights.Length];
        activations[0] = x;
        for (var layer = 0; layer + 1 < _weights.Length; layer++)
        {
            var preActivation = PreActivation(layer, activations[layer]);
            active[layer] = preActivation.gt(0).to(float64);
            activations[layer + 1] = preActivation.relu();
        }

        errors[^1] = ones(x.shape[0], 1, dtype: float64);
        for (var layer = _weights.Length - 2; layer >= 0; layer--)
            errors[layer] = errors[layer + 1].mm(_weights[layer + 1].t()) * (_weightScale / Math.Sqrt(_weights[layer + 1].shape[0])) * active[layer];
        return (activations, errors);
    }

    private Tensor PreActivation(int layer, Tensor input) =>
        input.mm(_weights[layer]) * (_weightScale / Math.Sqrt(_weights[layer].shape[0])) + _biases[layer] * _biasScale;
}
