using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization;

/// <summary>
/// Power-law exponents of a regression task, λ_i ≈ i^−α and v_i² ≈ i^−β, measured from a kernel matrix and labels.
/// </summary>
/// <remarks>
/// Eigenvalues of a finite kernel matrix bend away from the kernel's own, and a regression on them is biased. Two
/// quantities of the ridgeless regression are better behaved: the implicit ridge κ_n = 1/tr K_n⁻¹ solves
/// Σ λ_i/(λ_i+κ) = n and falls like n^−α, and the test error falls like n^−(β−1). The latter is estimated from the same
/// matrix by generalised cross-validation, so no test sample is needed. Both exponents are slopes in log-log over random
/// subsamples of geometrically spaced size. They assume labels without noise: noise flattens the error, and β tends to 1.
/// </remarks>
/// <param name="Alpha">Decay of the eigenvalues.</param>
/// <param name="Beta">Decay of the target's power.</param>
/// <param name="AlphaStandardError">Standard error of the slope behind <paramref name="Alpha"/>.</param>
/// <param name="BetaStandardError">Standard error of the slope behind <paramref name="Beta"/>.</param>
/// <param name="Samples">The subsample sizes n.</param>
/// <param name="ImplicitRidges">Mean ln-average of κ_n for each size.</param>
/// <param name="TestErrors">Mean ln-average of the estimated ridgeless test error for each size.</param>
public sealed record PowerLawExponents(
    double Alpha, double Beta, double AlphaStandardError, double BetaStandardError,
    IReadOnlyList<int> Samples, IReadOnlyList<double> ImplicitRidges, IReadOnlyList<double> TestErrors)
{
    /// <summary>Measures the exponents.</summary>
    /// <param name="kernel">Kernel matrix (n, n) of full rank, float64.</param>
    /// <param name="targets">Labels (n, c), float64, without a mean that the kernel cannot represent.</param>
    /// <param name="sizes">Subsample sizes, at least three, increasing, none above n.</param>
    /// <param name="repeats">Random subsamples of each size below n, at least 1.</param>
    /// <param name="generator">Source of the subsamples.</param>
    /// <param name="cancellation">Stops between subsamples.</param>
    public static PowerLawExponents Estimate(
        Tensor kernel, Tensor targets, IReadOnlyList<int> sizes, int repeats, Generator generator, CancellationToken cancellation = default)
    {
        KernelRidge.RequireSample(kernel, targets);
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var n = (int)kernel.shape[0];
        if (sizes.Count < 3 || sizes[0] < 2 || sizes[^1] > n || sizes.Zip(sizes.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException($"Expected at least three increasing sizes from 2 to {n}, but got {string.Join(", ", sizes)}.", nameof(sizes));

        var ridges = new double[sizes.Count];
        var errors = new double[sizes.Count];
        for (var i = 0; i < sizes.Count; i++)
        {
            var draws = sizes[i] == n ? 1 : repeats;
            for (var draw = 0; draw < draws; draw++)
            {
                cancellation.ThrowIfCancellationRequested();
                var (logRidge, logError) = Ridgeless(kernel, targets, sizes[i], generator);
                ridges[i] += logRidge / draws;
                errors[i] += logError / draws;
            }
        }

        double[] logSizes = [.. sizes.Select(size => Math.Log(size))];
        var (alpha, alphaError) = Slope(logSizes, ridges);
        var (beta, betaError) = Slope(logSizes, errors);
        return new PowerLawExponents(-alpha, 1 - beta, alphaError, betaError, [.. sizes], [.. ridges.Select(Math.Exp)], [.. errors.Select(Math.Exp)]);
    }

    private static (double LogRidge, double LogError) Ridgeless(Tensor kernel, Tensor targets, int size, Generator generator)
    {
        using var scope = NewDisposeScope();
        var chosen = randperm(kernel.shape[0], generator: generator)[..size];
        var block = kernel.index_select(0, chosen).index_select(1, chosen);
        var labels = targets.index_select(0, chosen);
        var (factor, info) = linalg.cholesky_ex(block);
        if (info.item<int>() != 0)
            throw new ArgumentException("The kernel matrix is not of full rank in double precision (are there equal inputs?); the exponents need the interpolating regression.", nameof(kernel));
        var inverse = cholesky_inverse(factor);
        var trace = inverse.trace().item<double>();
        var power = inverse.mm(labels).square().sum().item<double>();
        return (-Math.Log(trace), Math.Log(size * power / (trace * trace)));
    }

    /// <summary>Least-squares slope and its standard error.</summary>
    private static (double Slope, double StandardError) Slope(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var spread = x.Sum(value => (value - meanX) * (value - meanX));
        var slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / spread;
        var residual = x.Zip(y, (a, b) => b - meanY - slope * (a - meanX)).Sum(value => value * value);
        return (slope, Math.Sqrt(residual / (x.Length - 2) / spread));
    }
}
