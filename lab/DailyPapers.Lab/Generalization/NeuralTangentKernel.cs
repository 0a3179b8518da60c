using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization;

/// <summary>
/// Infinite-width kernels of a fully connected ReLU network in NTK parametrisation (Jacot et al. 2018; Lee et al. 2018):
/// the neural tangent kernel Θ and the Gaussian-process kernel Σ ("NNGP") of the same network at initialisation.
/// </summary>
/// <remarks>
/// With d inputs, weight variance σ_w² and bias variance σ_b²: Σ⁰ = Θ⁰ = σ_w² ⟨x, x'⟩/d + σ_b²; each hidden layer maps
/// Σ to σ_w² E[φ(u)φ(v)] + σ_b² and Θ to the new Σ plus σ_w² Θ E[φ'(u)φ'(v)], with (u, v) Gaussian of covariance Σ.
/// For φ = ReLU both expectations are arc-cosine kernels.
/// </remarks>
public sealed class NeuralTangentKernel
{
    // A block's passes stay in cache, and below the size at which libtorch would start threads for each of them.
    private const long BlockElements = 1 << 15;

    /// <summary>Declares the network.</summary>
    /// <param name="hiddenLayers">Number of hidden layers ≥ 0; 0 is a linear model.</param>
    /// <param name="weightVariance">σ_w² > 0; 2 keeps a ReLU network's activations from shrinking or growing.</param>
    /// <param name="biasVariance">σ_b² ≥ 0.</param>
    public NeuralTangentKernel(int hiddenLayers, double weightVariance = 2, double biasVariance = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hiddenLayers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weightVariance);
        ArgumentOutOfRangeException.ThrowIfNegative(biasVariance);
        (HiddenLayers, WeightVariance, BiasVariance) = (hiddenLayers, weightVariance, biasVariance);
    }

    /// <summary>Number of hidden layers.</summary>
    public int HiddenLayers { get; }

    /// <summary>Weight variance σ_w².</summary>
    public double WeightVariance { get; }

    /// <summary>Bias variance σ_b².</summary>
    public double BiasVariance { get; }

    /// <summary>Both kernels between the rows of two inputs.</summary>
    /// <param name="x">Inputs (n, d), float64.</param>
    /// <param name="other">Inputs (m, d), float64.</param>
    /// <returns>Σ and Θ, each (n, m); the caller disposes them.</returns>
    public (Tensor Nngp, Tensor Ntk) Evaluate(Tensor x, Tensor other)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(other);
        if (x.dim() != 2 || other.dim() != 2 || x.shape[1] != other.shape[1])
            throw new ArgumentException($"Expected two matrices of inputs in rows with the same number of columns, but got shapes [{string.Join(", ", x.shape)}] and [{string.Join(", ", other.shape)}].");
        using var scope = NewDisposeScope();
        var scale = WeightVariance / x.shape[1];
        var nngp = x.mm(other.t()).mul_(scale).add_(BiasVariance); // (n, m)
        var ntk = empty_like(nngp);
        var left = x.square().sum(1, keepdim: true) * scale + BiasVariance; // (n, 1)
        var right = other.square().sum(1).unsqueeze(0) * scale + BiasVariance; // (1, m)
        var rows = Math.Max(1, BlockElements / Math.Max(1, other.shape[0]));
        for (var first = 0L; first < x.shape[0]; first += rows)
        {
            using var block = NewDisposeScope();
            var count = Math.Min(rows, x.shape[0] - first);
            var covariance = nngp.narrow(0, first, count);
            var (blockNngp, blockNtk) = PassHiddenLayers(covariance, left.narrow(0, first, count), right);
            ntk.narrow(0, first, count).copy_(blockNtk);
            covariance.copy_(blockNngp);
        }

        return (nngp.MoveToOuterDisposeScope(), ntk.MoveToOuterDisposeScope());
    }

    /// <summary>Both kernels of two inputs of squared norm d, as functions of their cosine: the profile on the sphere.</summary>
    /// <param name="cosine">⟨x, x'⟩/d in [−1, 1].</param>
    public (double Nngp, double Ntk) Profile(double cosine)
    {
        var nngp = WeightVariance * cosine + BiasVariance;
        var ntk = nngp;
        var variance = WeightVariance + BiasVariance;
        for (var layer = 0; layer < HiddenLayers; layer++)
        {
            var correlation = nngp / variance;
            nngp = WeightVariance / 2 * variance * ArcCosineKernel.Order1(correlation) + BiasVariance;
            ntk = nngp + WeightVariance / 2 * ntk * ArcCosineKernel.Order0(correlation);
            variance = WeightVariance / 2 * variance + BiasVariance;
        }

        return (nngp, ntk);
    }

    private (Tensor Nngp, Tensor Ntk) PassHiddenLayers(Tensor covariance, Tensor left, Tensor right)
    {
        var nngp = covariance;
        var ntk = covariance;
        for (var layer = 0; layer < HiddenLayers; layer++)
        {
            var norms = (left * right).sqrt();
            var cosine = (nngp / norms).clamp_(-1, 1);
            var order0 = cosine.acos().mul_(-1 / Math.PI).add_(1.0);
            var order1 = cosine.square().neg_().add_(1.0).sqrt_().mul_(1 / Math.PI).add_(order0 * cosine);
            nngp = norms.mul_(order1).mul_(WeightVariance / 2).add_(BiasVariance);
            ntk = (ntk * order0).mul_(WeightVariance / 2).add_(nngp);
            left = left * (WeightVariance / 2) + BiasVariance;
            right = right * (WeightVariance / 2) + BiasVariance;
        }

        return (nngp, ntk);
    }
}
