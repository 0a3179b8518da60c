namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary>One rational function F(x) = (a₀ + a₁x + … + a_m x^m) / Q(x) with Q ≥ 1 (arXiv:2409.10594, section 4.2).</summary>
/// <param name="Numerator">a₀ to a_m.</param>
/// <param name="Denominator">b₁ to bₙ.</param>
/// <param name="Form">How Q is made of them.</param>
public sealed record RationalCoefficients(IReadOnlyList<double> Numerator, IReadOnlyList<double> Denominator, RationalDenominator Form = RationalDenominator.AbsoluteOfSum)
{
    private const double WidestInput = 12;
    private const int StepsPerUnit = 200;

    /// <summary>F(x).</summary>
    public double At(double x)
    {
        double numerator = 0, denominator = 0;
        for (var i = Numerator.Count - 1; i >= 0; i--)
            numerator = numerator * x + Numerator[i];
        var (y, absolute) = Form == RationalDenominator.AbsoluteOfSum ? (x, false) : (Math.Abs(x), true);
        for (var i = Denominator.Count - 1; i >= 0; i--)
            denominator = (denominator + (absolute ? Math.Abs(Denominator[i]) : Denominator[i])) * y;
        return numerator / (1 + Math.Abs(denominator));
    }

    // #region gain
    /// <summary>
    /// α = E[x²] / E[F(x)²] for x from N(0, 1): weights drawn from N(0, α/d) keep the variance of d such inputs (section 4.4).
    /// </summary>
    /// <remarks>By the trapezoid rule, which converges faster than any power of the step for a function that decays like a Gaussian.</remarks>
    public double Gain()
    {
        var sum = 0.0;
        for (var step = -(int)WidestInput * StepsPerUnit; step <= WidestInput * StepsPerUnit; step++)
        {
            var x = step / (double)StepsPerUnit;
            sum += Math.Pow(At(x), 2) * Math.Exp(-x * x / 2);
        }
        return Math.Sqrt(Math.Tau) * StepsPerUnit / sum;
    }
    // #endregion gain
}
