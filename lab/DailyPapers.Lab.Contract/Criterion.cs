using System.Globalization;

namespace DailyPapers.Lab.Contract;

/// <summary>The test a claim's metric must pass, and the value it would have if the claim were empty.</summary>
/// <remarks>Build one with <see cref="AtLeast"/>, <see cref="AtMost"/> or <see cref="Within"/>, which check it.</remarks>
public sealed record Criterion
{
    /// <summary>How the metric is compared.</summary>
    public required CriterionKind Kind { get; init; }

    /// <summary>The bound of <see cref="CriterionKind.AtLeast"/> and <see cref="CriterionKind.AtMost"/>; null otherwise.</summary>
    public double? Threshold { get; init; }

    /// <summary>The lower end of <see cref="CriterionKind.Within"/>; null otherwise.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of <see cref="CriterionKind.Within"/>; null otherwise.</summary>
    public double? Upper { get; init; }

    /// <summary>The metric's value if the claimed effect did not exist (a coin's accuracy, a speed-up of 1, a gap of 0).</summary>
    public required double NullValue { get; init; }

    /// <summary>metric &gt;= <paramref name="threshold"/>.</summary>
    /// <exception cref="ArgumentException">A value is not finite, or the null value already passes with room to spare.</exception>
    public static Criterion AtLeast(double threshold, double nullValue) =>
        new Criterion { Kind = CriterionKind.AtLeast, Threshold = threshold, NullValue = nullValue }.Checked();

    /// <summary>metric &lt;= <paramref name="threshold"/>.</summary>
    /// <exception cref="ArgumentException">A value is not finite, or the null value already passes with room to spare.</exception>
    public static Criterion AtMost(double threshold, double nullValue) =>
        new Criterion { Kind = CriterionKind.AtMost, Threshold = threshold, NullValue = nullValue }.Checked();

    /// <summary><paramref name="lower"/> &lt;= metric &lt;= <paramref name="upper"/>; the null value must lie outside.</summary>
    /// <exception cref="ArgumentException">A value is not finite, the band is empty, or it contains the null value.</exception>
    public static Criterion Within(double lower, double upper, double nullValue) =>
        new Criterion { Kind = CriterionKind.Within, Lower = lower, Upper = upper, NullValue = nullValue }.Checked();

    /// <summary>Returns this criterion if it can decide anything.</summary>
    /// <exception cref="ArgumentException">Says which value is missing, not finite, or on the wrong side of another.</exception>
    public Criterion Checked()
    {
        Finite(NullValue, "the null value");
        switch (Kind)
        {
            case CriterionKind.AtLeast when NullValue > Finite(Threshold, "the threshold"):
                throw new ArgumentException($"An at-least criterion needs a null value not above its threshold {Text(Threshold)}; it is {Text(NullValue)}.");
            case CriterionKind.AtMost when NullValue < Finite(Threshold, "the threshold"):
                throw new ArgumentException($"An at-most criterion needs a null value not below its threshold {Text(Threshold)}; it is {Text(NullValue)}.");
            case CriterionKind.Within when Finite(Lower, "the lower end") > Finite(Upper, "the upper end"):
                throw new ArgumentException($"The band from {Text(Lower)} to {Text(Upper)} is empty; swap its ends.");
            case CriterionKind.Within when NullValue >= Lower && NullValue <= Upper:
                throw new ArgumentException($"The null value {Text(NullValue)} lies inside the band from {Text(Lower)} to {Text(Upper)}; no run could refute the claim.");
            default:
                return this;
        }
    }

    /// <summary>The criterion as a reader sees it, for example <c>&gt;= 0.95 (null 0.5)</c>.</summary>
    public override string ToString() => Kind switch
    {
        CriterionKind.AtLeast => $">= {Text(Threshold)} (null {Text(NullValue)})",
        CriterionKind.AtMost => $"<= {Text(Threshold)} (null {Text(NullValue)})",
        _ => $"within [{Text(Lower)}, {Text(Upper)}] (null {Text(NullValue)})",
    };

    private static double Finite(double? value, string what) =>
        value is { } number && double.IsFinite(number)
            ? number
            : throw new ArgumentException($"A criterion needs {what} to be a finite number.");

    private static string Text(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "?";
}
