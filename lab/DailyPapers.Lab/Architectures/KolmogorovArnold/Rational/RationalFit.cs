using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary>Least-squares fits of rational functions to activations on [-3, 3] (arXiv:2409.10594, section 4.4).</summary>
public static class RationalFit
{
    private const double Bound = 3;
    private const int Points = 601;

    private static readonly ConcurrentDictionary<(RationalTarget, int, int, RationalDenominator), RationalCoefficients> _fits = new();

    /// <summary>The function that is fitted.</summary>
    public static double Evaluate(RationalTarget target, double x) => target switch
    {
        RationalTarget.Identity => x,
        RationalTarget.Swish => x / (1 + Math.Exp(-x)),
        RationalTarget.Gelu => x * NormalDistribution(x),
        RationalTarget.Tanh => Math.Tanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "Not a target."),
    };

    /// <summary>Coefficients of the fit to a target; the identity is exact. Fits are computed once a process.</summary>
    /// <param name="target">The activation.</param>
    /// <param name="numeratorDegree">m, at least 1.</param>
    /// <param name="denominatorDegree">n, at least 1.</param>
    /// <param name="form">The denominator's form.</param>
    public static RationalCoefficients To(RationalTarget target, int numeratorDegree = 5, int denominatorDegree = 4, RationalDenominator form = RationalDenominator.AbsoluteOfSum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numeratorDegree, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(denominatorDegree, 1);
        return _fits.GetOrAdd((target, numeratorDegree, denominatorDegree, form), key => key.Item1 == RationalTarget.Identity
            ? new([0, 1, .. new double[key.Item2 - 1]], new double[key.Item3], key.Item4)
            : To(x => Evaluate(key.Item1, x), key.Item2, key.Item3, key.Item4));
    }

    // #region fit
    /// <summary>Fits any function: first linearised, P − fB = f, then by Levenberg and Marquardt's method on the function itself.</summary>
    /// <param name="function">f, finite on [-3, 3].</param>
    /// <param name="numeratorDegree">m, at least 1.</param>
    /// <param name="denominatorDegree">n, at least 1.</param>
    /// <param name="form">The denominator's form.</param>
    public static RationalCoefficients To(Func<double, double> function, int numeratorDegree, int denominatorDegree, RationalDenominator form)
    {
        ArgumentNullException.ThrowIfNull(function);
        var xs = Enumerable.Range(0, Points).Select(i => Bound * (2.0 * i / (Points - 1) - 1)).ToArray();
        var values = xs.Select(function).ToArray();
        var count = numeratorDegree + 1 + denominatorDegree;

        // Even powers only: odd ones would make B negative on one side, where the absolute value breaks the linear problem.
        var columns = Enumerable.Range(0, count).Where(k => k <= numeratorDegree || (k - numeratorDegree) % 2 == 0).ToArray();
        var linear = Solve(
            [.. xs.Select((x, i) => columns.Select(k => k <= numeratorDegree ? Math.Pow(x, k) : -values[i] * Math.Pow(x, k - numeratorDegree)).ToArray())], values, 0);
        var best = new double[count];
        for (var k = 0; k < columns.Length; k++)
            best[columns[k]] = linear[k];
        var (residuals, error) = Residuals(best);
        for (var (damping, round) = (1e-3, 0); round < 200 && damping < 1e9; round++)
        {
            var slopes = new double[Points][];
            for (var i = 0; i < Points; i++)
                slopes[i] = Slopes(best, xs[i]);
            var step = Solve(slopes, residuals, damping);
            double[] tried = [.. best.Select((value, k) => value + step[k])];
            var (triedResiduals, triedError) = Residuals(tried);
            if (triedError < error)
                (best, residuals, error, damping) = (tried, triedResiduals, triedError, Math.Max(damping / 10, 1e-12));
            else
                damping *= 10;
        }
        return Coefficients(best);

        RationalCoefficients Coefficients(double[] all) => new(all[..(numeratorDegree + 1)], all[(numeratorDegree + 1)..], form);

        (double[] Residuals, double Squares) Residuals(double[] all)
        {
            var rational = Coefficients(all);
            double[] left = [.. xs.Select((x, i) => values[i] - rational.At(x))];
            return (left, left.Sum(value => value * value));
        }

        double[] Slopes(double[] all, double x)
        {
            var rational = Coefficients(all);
            var absolute = form == RationalDenominator.SumOfAbsolutes;
            var y = absolute ? Math.Abs(x) : x;
            var inner = Enumerable.Range(1, denominatorDegree).Sum(k => (absolute ? Math.Abs(rational.Denominator[k - 1]) : rational.Denominator[k - 1]) * Math.Pow(y, k));
            var denominator = 1 + Math.Abs(inner);
            var fitted = rational.At(x);
            return
            [
                .. Enumerable.Range(0, numeratorDegree + 1).Select(k => Math.Pow(x, k) / denominator),
                .. Enumerable.Range(1, denominatorDegree).Select(k =>
                    -fitted / denominator * Math.Pow(y, k) * ((absolute ? rational.Denominator[k - 1] : inner) >= 0 ? 1 : -1)),
            ];
        }
    }
    // #endregion fit

    // argmin |A s − r|² + damping · Σ (AᵀA)ₖₖ sₖ².
    private static double[] Solve(double[][] rows, double[] right, double damping)
    {
        using var scope = NewDisposeScope();
        var width = rows[0].Length;
        var a = tensor(rows.SelectMany(row => row).ToArray(), rows.Length, width, dtype: float64);
        var normal = a.t().mm(a);
        // A thousandth of a billionth keeps directions that the data do not tell apart from running away.
        var solved = linalg.solve(normal + diag(normal.diagonal() * (damping + 1e-12)), a.t().mv(tensor(right, dtype: float64)));
        return solved.data<double>().ToArray();
    }

    // Φ(x) by erf's series, which converges for all x; beyond 9 its sum is 0 or 1 to the last digit and the terms may overflow.
    private static double NormalDistribution(double x)
    {
        if (Math.Abs(x) > 9)
            return x > 0 ? 1 : 0;
        double term = x, sum = x;
        for (var k = 1; Math.Abs(term) > 1e-18; k++)
        {
            term *= x * x / (2 * k + 1);
            sum += term;
        }
        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(Math.Tau);
    }
}
