namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>Where c₀ + c₁ α + c₂ α² is positive on an interval: its sign at the start, and up to two places inside where it changes.</summary>
internal readonly struct MarginSigns
{
    public MarginSigns(double constant, double linear, double quadratic, double minimum, double maximum)
    {
        var (low, high) = Roots(constant, linear, quadratic);
        var lowInside = low > minimum && low < maximum;
        var highInside = high > minimum && high < maximum;
        First = lowInside ? low : highInside ? high : null;
        Second = lowInside && highInside ? high : null;
        // The middle of the first piece is as far from rounding at a root as possible.
        var probe = 0.5 * (minimum + (First ?? maximum));
        PositiveAtStart = constant + probe * (linear + probe * quadratic) > 0;
    }

    public bool PositiveAtStart { get; }

    public double? First { get; }

    public double? Second { get; }

    // Real simple roots in order; NaN where there is none. A double root changes no sign, so it is none.
    private static (double Low, double High) Roots(double constant, double linear, double quadratic)
    {
        if (quadratic == 0)
            return linear == 0 ? (double.NaN, double.NaN) : (-constant / linear, double.NaN);
        var discriminant = linear * linear - 4 * quadratic * constant;
        if (discriminant <= 0)
            return (double.NaN, double.NaN);
        // The form without cancellation.
        var q = -0.5 * (linear + Math.CopySign(Math.Sqrt(discriminant), linear));
        var (first, second) = (q / quadratic, constant / q);
        return first < second ? (first, second) : (second, first);
    }
}
