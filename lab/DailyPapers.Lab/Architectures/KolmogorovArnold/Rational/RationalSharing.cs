namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary>Which coefficients the groups of a rational activation have in common.</summary>
public enum RationalSharing
{
    /// <summary>One numerator for all groups, a denominator each: (m + 1) + n g parameters, as in the paper's published code.</summary>
    Numerator,

    /// <summary>One denominator for all groups, a numerator each: (m + 1) g + n parameters.</summary>
    Denominator,

    /// <summary>Nothing: (m + 1 + n) g parameters.</summary>
    None,
}
