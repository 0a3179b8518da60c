namespace DailyPapers.Lab.Generalization;

/// <summary>
/// The random-feature eigenframework of Simon et al. (2023, arXiv:2311.14646, Section 4): closed-form train and test
/// error of ridge regression with k random features on n samples, from the kernel's spectrum alone.
/// </summary>
/// <remarks>
/// <para>
/// The model is f(x) = F(x)·a with the k features F_j(x)/√k, whose inner products average to the kernel as k → ∞, and
/// a minimises Σ (y − f)² + δ‖a‖². The implicit ridges κ, γ ≥ 0 solve
/// Σ λ_i/(λ_i+γ) + δ/κ = n and Σ λ_i/(λ_i+γ) + kκ/γ = k. With z = Σ λ_i/(λ_i+γ) and q = Σ (λ_i/(λ_i+γ))²,
/// E_test = [Σ (γ/(λ_i+γ) − κλ_i/(λ_i+γ)² · k/(k−q)) v_i² + σ²] / (1 − (q(k−2z)+z²)/(n(k−q))) and
/// E_train = (δ/(nκ))² E_test. k = ∞ is kernel ridge regression, where γ = κ.
/// </para>
/// <para>
/// Eliminating κ = γ(1 − z/k) leaves one decreasing equation in ln γ. Written with u = z − q, the prefactor's
/// denominator is a sum of positive terms, [(n−z)(k−z) + u(n−z) + u(k−z)] / (n(k−q)): symmetric in n and k, and free of
/// cancellation near the interpolation threshold.
/// </para>
/// </remarks>
public sealed class RandomFeatureEigenframework
{
    private const int MaxIterations = 200;
    private const int ScanPoints = 96;

    /// <summary>Sets the task.</summary>
    /// <param name="spectrum">Kernel eigenvalues and target power.</param>
    /// <param name="noiseVariance">σ² ≥ 0 of the labels.</param>
    public RandomFeatureEigenframework(KernelSpectrum spectrum, double noiseVariance)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        if (!double.IsFinite(noiseVariance) || noiseVariance < 0)
            throw new ArgumentOutOfRangeException(nameof(noiseVariance), noiseVariance, "The noise variance must be finite and not negative.");
        (Spectrum, NoiseVariance) = (spectrum, noiseVariance);
    }

    /// <summary>Kernel eigenvalues and target power.</summary>
    public KernelSpectrum Spectrum { get; }

    /// <summary>Label noise variance σ².</summary>
    public double NoiseVariance { get; }

    /// <summary>Predicts train and test error.</summary>
    /// <param name="samples">n > 0.</param>
    /// <param name="features">k > 0; <see cref="double.PositiveInfinity"/> for kernel ridge regression.</param>
    /// <param name="ridge">δ ≥ 0; 0 is the minimum-norm solution, the limit δ → 0.</param>
    public EigenframeworkEstimate Predict(double samples, double features, double ridge)
    {
        RequireSizes(samples, features);
        if (!double.IsFinite(ridge) || ridge < 0)
            throw new ArgumentOutOfRangeException(nameof(ridge), ridge, "The ridge must be finite and not negative.");
        if (ridge == 0)
            return Ridgeless(samples, features);
        var gamma = SolveGamma(samples, features, ridge);
        return Estimate(samples, features, gamma, ridge);
    }

    /// <summary>Finds the ridge of least test error, and predicts both errors there.</summary>
    /// <param name="samples">n > 0.</param>
    /// <param name="features">k > 0; <see cref="double.PositiveInfinity"/> for kernel ridge regression.</param>
    /// <remarks>
    /// Along the path of ridges everything is an explicit function of γ, so nothing is solved inside the search: a scan
    /// from the ridgeless γ upwards, dense near it, then golden section.
    /// </remarks>
    public EigenframeworkEstimate PredictAtOptimalRidge(double samples, double features)
    {
        RequireSizes(samples, features);
        var ridgeless = Ridgeless(samples, features);
        var lowest = ridgeless.Gamma > 0 ? ridgeless.Gamma : Spectrum.Trace / Math.Min(samples, features) * 1e-12;
        var highest = Math.Max(lowest, Spectrum.Trace) * 1e6;
        var span = Math.Log(highest / lowest);
        double GammaAt(double t) => lowest * Math.Exp(span * t * t);
        double ErrorAt(double t) => Estimate(samples, features, GammaAt(t), ridge: null).TestError;

        var best = 0;
        var bestError = ridgeless.TestError;
        for (var i = 1; i < ScanPoints; i++)
        {
            var error = ErrorAt((double)i / ScanPoints);
            if (error < bestError)
                (best, bestError) = (i, error);
        }

        var t = MinimizeByGoldenSection(ErrorAt, Math.Max(0, best - 1.0) / ScanPoints, (best + 1.0) / ScanPoints);
        var tuned = Estimate(samples, features, GammaAt(t), ridge: null);
        return tuned.TestError < ridgeless.TestError ? tuned : ridgeless;
    }

    private EigenframeworkEstimate Ridgeless(double n, double k)
    {
        var modes = Math.Min(n, k);
        var gamma = Spectrum.Rank <= modes ? 0 : SolveForLearnedModes(modes);
        return Estimate(n, k, gamma, ridge: 0);
    }

    /// <summary>Both errors at one γ. A null ridge is the one that γ implies, δ = κ(n − z).</summary>
    private EigenframeworkEstimate Estimate(double n, double k, double gamma, double? ridge)
    {
        var (z, u) = Spectrum.LearnabilitySums(gamma);
        var q = z - u;
        // Rounding must not carry the number of learned modes past what n samples and k features can learn.
        z = ridge == 0 && gamma > 0 ? Math.Min(n, k) : Math.Min(z, Math.Min(n, k));
        var freeFeatures = double.IsInfinity(k) ? 1 : (k - z) / k;
        var unfitted = n - z;
        // Of the two differences, only the larger is free of cancellation; the ridge ties the other to it, δ = κ (n − z).
        if (ridge is > 0 && n < k)
            unfitted = ridge.Value / (gamma * freeFeatures);
        else if (ridge is > 0)
            freeFeatures = ridge.Value / (gamma * unfitted);
        var kappa = gamma * freeFeatures;
        // Both over k, so that k = infinity needs no case of its own.
        var untouched = double.IsInfinity(k) ? 1 : (k - q) / k;
        var mixing = double.IsInfinity(k) ? 0 : u / (k - z + u);
        var perFeature = double.IsInfinity(k) ? 0 : 1 / k;

        var denominator = unfitted * freeFeatures + u * freeFeatures + u * unfitted * perFeature;
        var numerator = Spectrum.UnlearnedTargetPower(gamma, mixing) + NoiseVariance;
        var testError = numerator == 0 ? 0 : denominator > 0 ? n * untouched * numerator / denominator : double.PositiveInfinity;
        var fitRatio = unfitted / n * (unfitted / n);
        var trainError = unfitted <= 0 ? 0 : fitRatio * testError;
        return new EigenframeworkEstimate(kappa, gamma, z, q, ridge ?? Math.Max(0, kappa * unfitted), testError, trainError) { FitRatio = fitRatio };
    }

    /// <summary>Solves z + δ/κ = n for γ, where κ = γ(1 − z/k), by Newton steps in ln γ kept inside a bracket.</summary>
    private double SolveGamma(double n, double k, double ridge)
    {
        (double Value, double Slope) Excess(double logGamma)
        {
            var gamma = Math.Exp(logGamma);
            var (z, u) = Spectrum.LearnabilitySums(gamma);
            if (z >= k)
                return (double.PositiveInfinity, double.NaN);
            var freeFeatures = double.IsInfinity(k) ? 1 : (k - z) / k;
            var unfitted = ridge / (gamma * freeFeatures);
            return (z + unfitted - n, -u - unfitted * (1 + (double.IsInfinity(k) ? 0 : u / (k - z))));
        }

        // At this γ, z ≤ trace/γ ≤ k/2, hence δ/κ ≤ 2δ/γ and the equation's left side is at most n.
        var upper = Math.Max(double.IsInfinity(k) ? 0 : 2 * Spectrum.Trace / k, (Spectrum.Trace + 2 * ridge) / n);
        return Math.Exp(FindRoot(Excess, Math.Log(upper)));
    }

    /// <summary>The γ at which <paramref name="modes"/> modes are learned, z(γ) = modes &lt; rank.</summary>
    private double SolveForLearnedModes(double modes) => Math.Exp(FindRoot(
        logGamma =>
        {
            var (z, u) = Spectrum.LearnabilitySums(Math.Exp(logGamma));
            return (z - modes, -u);
        },
        Math.Log(Spectrum.Trace / modes)));

    /// <summary>Root of a decreasing function that is not positive at <paramref name="upper"/>.</summary>
    private static double FindRoot(Func<double, (double Value, double Slope)> function, double upper)
    {
        var step = 1.0;
        var lower = upper - step;
        while (function(lower).Value < 0)
        {
            upper = lower;
            step *= 2;
            lower -= step;
        }

        var x = (lower + upper) / 2;
        for (var i = 0; i < MaxIterations && upper - lower > 1e-15 * Math.Max(1, Math.Abs(upper)); i++)
        {
            var (value, slope) = function(x);
            if (value == 0)
                return x;
            if (value > 0)
                lower = x;
            else
                upper = x;
            var newton = x - value / slope;
            var next = newton > lower && newton < upper ? newton : (lower + upper) / 2;
            if (Math.Abs(next - x) <= 1e-15 * Math.Max(1, Math.Abs(x)))
                return next;
            x = next;
        }

        return x;
    }

    private static double MinimizeByGoldenSection(Func<double, double> function, double low, double high)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var left = high - ratio * (high - low);
        var right = low + ratio * (high - low);
        var (atLeft, atRight) = (function(left), function(right));
        while (high - low > 1e-7)
        {
            if (atLeft <= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - ratio * (high - low);
                atLeft = function(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + ratio * (high - low);
                atRight = function(right);
            }
        }

        return (low + high) / 2;
    }

    private static void RequireSizes(double samples, double features)
    {
        if (!double.IsFinite(samples) || samples <= 0)
            throw new ArgumentOutOfRangeException(nameof(samples), samples, "The number of samples must be positive and finite.");
        if (double.IsNaN(features) || features <= 0)
            throw new ArgumentOutOfRangeException(nameof(features), features, "The number of features must be positive (infinity is kernel ridge regression).");
    }
}
