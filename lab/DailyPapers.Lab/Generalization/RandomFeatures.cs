using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization;

/// <summary>
/// A sampled map to k random features, scaled by 1/√k so that inner products of features average to a kernel as k → ∞.
/// </summary>
public sealed class RandomFeatures : IDisposable
{
    private readonly Tensor? _phases;
    private readonly Func<Tensor, Tensor> _activation;
    private readonly Func<Tensor, Tensor, Tensor> _kernel;

    private RandomFeatures(Tensor weights, Func<Tensor, Tensor> activation, Func<Tensor, Tensor, Tensor> kernel, Tensor? phases = null)
    {
        (Weights, _activation, _kernel) = (weights.DetachFromDisposeScope(), activation, kernel);
        _phases = phases?.DetachFromDisposeScope();
    }

    /// <summary>The sampled directions (d, k), before the activation; owned by the map.</summary>
    public Tensor Weights { get; }

    /// <summary>Number of features k.</summary>
    public int Count => (int)Weights.shape[1];

    /// <summary>
    /// ReLU features √2 ReLU(⟨w, x⟩) with w uniform on the sphere of radius √d; the kernel is ‖x‖‖x'‖ times the
    /// arc-cosine kernel of order 1.
    /// </summary>
    /// <param name="inputs">Input dimension d ≥ 1.</param>
    /// <param name="count">Number of features k ≥ 1.</param>
    /// <param name="generator">Source of randomness.</param>
    /// <remarks>A ReLU is homogeneous, so the length of w only scales a feature; fixing it removes that noise.</remarks>
    public static RandomFeatures Relu(int inputs, int count, Generator generator)
    {
        RequireSizes(inputs, count, generator);
        using var scope = NewDisposeScope();
        var directions = randn(inputs, count, dtype: float64, generator: generator);
        var weights = directions / directions.norm(0, keepdim: true) * Math.Sqrt(inputs);
        return new RandomFeatures(weights,
            projections => projections.relu() * Math.Sqrt(2),
            (x, other) =>
            {
                var norms = x.norm(1, keepdim: true).mm(other.norm(1, keepdim: true).t()).clamp_min(double.Epsilon);
                var cosine = (x.mm(other.t()) / norms).clamp(-1, 1);
                var angle = cosine.acos();
                return norms * ((1 - cosine.square()).sqrt() + (Math.PI - angle) * cosine) / Math.PI;
            });
    }

    /// <summary>
    /// Random Fourier features √2 cos(⟨w, x⟩ + b) of the Gaussian kernel exp(−‖x − x'‖²/(2ℓ²)) (Rahimi and Recht 2007).
    /// </summary>
    /// <param name="inputs">Input dimension d ≥ 1.</param>
    /// <param name="count">Number of features k ≥ 1.</param>
    /// <param name="lengthScale">ℓ > 0, in the units of the inputs.</param>
    /// <param name="generator">Source of randomness.</param>
    public static RandomFeatures Fourier(int inputs, int count, double lengthScale, Generator generator)
    {
        RequireSizes(inputs, count, generator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lengthScale);
        using var scope = NewDisposeScope();
        var weights = randn(inputs, count, dtype: float64, generator: generator) / lengthScale;
        var phases = rand(count, dtype: float64, generator: generator) * (2 * Math.PI);
        return new RandomFeatures(weights,
            projections => projections.cos() * Math.Sqrt(2),
            (x, other) =>
            {
                var squaredDistance = x.square().sum(1, keepdim: true) + other.square().sum(1).unsqueeze(0) - 2 * x.mm(other.t());
                return (squaredDistance.clamp_min(0) / (-2 * lengthScale * lengthScale)).exp();
            },
            phases);
    }

    /// <summary>
    /// Gaussian features Σ_i √λ_i w_i φ_i(x), w ~ N(0, 1), of inputs given by their eigenfunction values φ_i(x): the case
    /// in which the eigenframework's Gaussian assumption is exact.
    /// </summary>
    /// <param name="eigenvalues">λ_i ≥ 0, one an eigenfunction.</param>
    /// <param name="count">Number of features k ≥ 1.</param>
    /// <param name="generator">Source of randomness.</param>
    public static RandomFeatures Gaussian(double[] eigenvalues, int count, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(eigenvalues);
        RequireSizes(eigenvalues.Length, count, generator);
        using var scope = NewDisposeScope();
        double[] spectrum = [.. eigenvalues];
        var lambda = tensor(spectrum, dtype: float64).unsqueeze(1); // (M, 1)
        var weights = randn(eigenvalues.Length, count, dtype: float64, generator: generator) * lambda.sqrt();
        return new RandomFeatures(weights, projections => projections.alias(), (x, other) => (x * tensor(spectrum, dtype: float64)).mm(other.t()));
    }

    /// <summary>The features of inputs (n, d), float64: a matrix (n, k).</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var projections = x.mm(Weights);
        if (_phases is not null)
            projections += _phases;
        return (_activation(projections) / Math.Sqrt(Count)).MoveToOuterDisposeScope();
    }

    /// <summary>The kernel that inner products of features average to, between inputs (n, d) and (m, d): a matrix (n, m).</summary>
    public Tensor Kernel(Tensor x, Tensor other)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(other);
        using var scope = NewDisposeScope();
        return _kernel(x, other).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Weights.Dispose();
        _phases?.Dispose();
    }

    private static void RequireSizes(int inputs, int count, Generator generator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentNullException.ThrowIfNull(generator);
    }
}
