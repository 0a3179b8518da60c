namespace DailyPapers.Lab.Reporting;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    /// <summary>P(T &lt;= t) for <paramref name="degreesOfFreedom"/> &gt;= 1.</summary>
    /// <remarks>By the regularised incomplete beta function: P(|T| &gt; t) = I_{v/(v+t^2)}(v/2, 1/2).</remarks>
    public static double Cumulative(double t, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        var v = (double)degreesOfFreedom;
        var tail = 0.5 * RegularizedBeta(v / (v + t * t), t * t / (v + t * t), v / 2, 0.5);
        return t < 0 ? tail : 1 - tail;
    }

    /// <summary>The t with P(T &lt;= t) = <paramref name="probability"/>, strictly between 0 and 1.</summary>
    public static double Quantile(double probability, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        if (probability < 0.5)
            return -Quantile(1 - probability, degreesOfFreedom);
        var (low, high) = (0.0, 1.0);
        while (Cumulative(high, degreesOfFreedom) < probability)
            high *= 2;
        // Bisection halves to the last bit; the distribution is smooth and this runs once a claim.
        for (var i = 0; i < 200 && high - low > 1e-15 * high; i++)
        {
            var middle = (low + high) / 2;
            if (Cumulative(middle, degreesOfFreedom) < probability)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }

    // y = 1 - x comes along, because near x = 1 the subtraction would lose half the digits.
    private static double RegularizedBeta(double x, double y, double a, double b)
    {
        if (x <= 0)
            return 0;
        if (y <= 0)
            return 1;
        // The continued fraction converges fast below the mean; above it, use I_x(a,b) = 1 - I_{1-x}(b,a).
        if (x > (a + 1) / (a + b + 2))
            return 1 - RegularizedBeta(y, x, b, a);
        var front = Math.Exp(a * Math.Log(x) + b * Math.Log(y) + LogGamma(a + b) - LogGamma(a) - LogGamma(b)) / a;
        return front * BetaFraction(x, a, b);
    }

    private static double BetaFraction(double x, double a, double b)
    {
        // Lentz's method on DLMF 8.17.22.
        const double tiny = 1e-300;
        double c = 1, d = 1 / NonZero(1 - (a + b) * x / (a + 1)), fraction = d;
        for (var m = 1; m <= 500; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NonZero(1 + even * d);
            c = NonZero(1 + even / c);
            fraction *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NonZero(1 + odd * d);
            c = NonZero(1 + odd / c);
            fraction *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16)
                break;
        }
        return fraction;

        static double NonZero(double value) => Math.Abs(value) < tiny ? tiny : value;
    }

    // ln Gamma for half-integers, exactly as products: Gamma(1) = 1, Gamma(1/2) = sqrt(pi).
    private static double LogGamma(double halfInteger)
    {
        var sum = halfInteger % 1 == 0 ? 0 : 0.5 * Math.Log(Math.PI);
        for (var k = halfInteger % 1 == 0 ? 1 : 0.5; k < halfInteger; k++)
            sum += Math.Log(k);
        return sum;
    }
}
