using DailyPapers.Lab.Generalization.Universality;

namespace DailyPapers.Lab.Training;

/// <summary>
/// The privacy of DP-SGD: of steps that each release a Gaussian-noised sum over examples that are included independently with
/// probability q (Mironov, Talwar and Zhang 2019, arXiv:1908.10530). Neighbouring data sets differ by one example present or absent.
/// </summary>
public static class SampledGaussianPrivacy
{
    private const int LargestOrder = 256;

    /// <summary>Rényi divergence of one step at a whole order α ≥ 2: ln(Σ_k C(α,k) (1−q)^(α−k) q^k e^{k(k−1)/(2σ²)}) / (α − 1).</summary>
    /// <param name="order">α, at least 2.</param>
    /// <param name="rate">q, above 0 and at most 1.</param>
    /// <param name="noise">σ, the noise's standard deviation in units of the clipping norm, positive.</param>
    public static double RenyiDivergence(int order, double rate, double noise)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(noise);
        if (rate == 1)
            return order / (2 * noise * noise);
        var terms = new double[order + 1];
        var logBinomial = 0.0;
        for (var k = 0; k <= order; k++)
        {
            terms[k] = logBinomial + (order - k) * double.LogP1(-rate) + k * Math.Log(rate) + k * (k - 1.0) / (2 * noise * noise);
            logBinomial += Math.Log(order - k) - Math.Log(k + 1);
        }
        return LogSum.Exp(terms) / (order - 1);
    }

    /// <summary>ε of (ε, δ)-differential privacy after some steps: the least of T·RDP(α) + ln(1/δ)/(α−1) over whole orders.</summary>
    /// <param name="steps">T, at least 0.</param>
    /// <param name="rate">q.</param>
    /// <param name="noise">σ.</param>
    /// <param name="delta">δ, between 0 and 1.</param>
    public static double Epsilon(int steps, double rate, double noise, double delta)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (delta is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "δ lies between 0 and 1.");
        return Enumerable.Range(2, LargestOrder - 1).Min(order => steps * RenyiDivergence(order, rate, noise) - Math.Log(delta) / (order - 1));
    }

    /// <summary>The least noise with which some steps keep (ε, δ), to one part in a thousand.</summary>
    /// <exception cref="ArgumentException">No noise up to 1,000 suffices.</exception>
    public static double NoiseFor(double epsilon, int steps, double rate, double delta)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        double low = 0.05, high = 1000;
        if (Epsilon(steps, rate, high, delta) > epsilon)
            throw new ArgumentException($"No noise up to {high} gives ε = {epsilon} after {steps} steps; δ = {delta} may be too small.", nameof(epsilon));
        while (high / low > 1.001)
        {
            var middle = Math.Sqrt(low * high);
            if (Epsilon(steps, rate, middle, delta) > epsilon)
                low = middle;
            else
                high = middle;
        }
        return high;
    }
}
