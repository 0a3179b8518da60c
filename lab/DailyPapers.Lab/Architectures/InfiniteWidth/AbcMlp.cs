using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.InfiniteWidth;

/// <summary>
/// A multilayer perceptron without biases under an <see cref="AbcParametrization"/> (arXiv:2011.14522), trained by SGD in
/// double precision.
/// </summary>
public sealed class AbcMlp : IDisposable
{
    private readonly Tensor[] _weights; // w^l: (n, d), (n, n), ..., (o, n)
    private readonly double[] _multipliers; // n^(−a_l)
    private readonly double _stepScale; // n^(−c)
    private readonly AbcActivation _activation;

    /// <summary>Draws w^l from N(0, n^(−2 b_l)). Networks of the same seed and shape share the underlying noise.</summary>
    /// <param name="parametrization">Exponents; they say how many hidden layers there are.</param>
    /// <param name="inputs">d.</param>
    /// <param name="width">n, of every hidden layer.</param>
    /// <param name="outputs">o.</param>
    /// <param name="activation">φ.</param>
    /// <param name="seed">The stream of the weights.</param>
    public AbcMlp(AbcParametrization parametrization, int inputs, int width, int outputs, AbcActivation activation, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(parametrization);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        var hidden = parametrization.HiddenLayers;
        _activation = activation;
        _multipliers = [.. parametrization.A.Select(a => Math.Pow(width, -a))];
        _stepScale = Math.Pow(width, -parametrization.C);
        _weights = new Tensor[hidden + 1];
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        for (var l = 0; l <= hidden; l++)
        {
            using Scalar deviation = Math.Pow(width, -parametrization.B[l]);
            var shape = new long[] { l == hidden ? outputs : width, l == 0 ? inputs : width };
            _weights[l] = randn(shape, dtype: float64, generator: generator).mul_(deviation).DetachFromDisposeScope();
        }
    }

    /// <summary>The trained tensors w^1 to w^(L+1), each (out, in); owned by the network.</summary>
    public IReadOnlyList<Tensor> Weights => _weights;

    /// <summary>f(x), (B, o).</summary>
    /// <param name="inputs">(B, d), float64.</param>
    public Tensor Forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return Activations(inputs)[^1].MoveToOuterDisposeScope();
    }

    /// <summary>The last hidden layer after its nonlinearity, x^L, (B, n).</summary>
    /// <param name="inputs">(B, d), float64.</param>
    public Tensor LastHidden(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return Activations(inputs)[^2].MoveToOuterDisposeScope();
    }

    // #region step
    /// <summary>One step of gradient descent, w^l ← w^l − η n^(−c) ∂loss/∂w^l.</summary>
    /// <param name="inputs">(B, d), float64.</param>
    /// <param name="lossSlopes">From f(x), (B, o), to χ = ∂loss/∂f(x), (B, o).</param>
    /// <param name="learningRate">η, positive.</param>
    /// <returns>f(x) before the step, (B, o).</returns>
    public Tensor Step(Tensor inputs, Func<Tensor, Tensor> lossSlopes, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(lossSlopes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(learningRate);
        using var scope = NewDisposeScope();
        var activations = Activations(inputs);
        var slopes = lossSlopes(activations[^1]); // by the output of layer l, (B, out)
        for (var l = _weights.Length - 1; l >= 0; l--)
        {
            using Scalar multiplier = _multipliers[l], descent = -learningRate * _stepScale * _multipliers[l];
            var gradient = slopes.t().mm(activations[l]); // by W^l, (out, in)
            if (l > 0)
            {
                slopes = slopes.mm(_weights[l]).mul_(multiplier);
                if (_activation == AbcActivation.Tanh)
                    slopes -= slopes * activations[l].square();
            }
            _weights[l].add_(gradient, descent);
        }
        return activations[^1].MoveToOuterDisposeScope();
    }
    // #endregion step

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var weight in _weights)
            weight.Dispose();
    }

    /// <summary>The input of each layer, and f at the end.</summary>
    private Tensor[] Activations(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.dim() != 2 || inputs.shape[1] != _weights[0].shape[1])
            throw new ArgumentException($"Expected inputs (B, {_weights[0].shape[1]}), but got [{string.Join(", ", inputs.shape)}].", nameof(inputs));
        var activations = new Tensor[_weights.Length + 1];
        activations[0] = inputs;
        for (var l = 0; l < _weights.Length; l++)
        {
            using Scalar multiplier = _multipliers[l];
            var next = activations[l].mm(_weights[l].t()).mul_(multiplier);
            activations[l + 1] = l + 1 < _weights.Length && _activation == AbcActivation.Tanh ? next.tanh_() : next;
        }
        return activations;
    }
}
