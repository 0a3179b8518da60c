namespace DailyPapers.Lab.Reporting;

/// <summary>An axis of a <see cref="Chart"/>. A plain string is a linear axis with that label.</summary>
/// <param name="Label">What it measures, with the unit: <c>wall-clock time (s)</c>.</param>
/// <param name="Logarithmic">Whether it is logarithmic; values must then be positive.</param>
/// <param name="Minimum">Where it starts; the smallest value when null.</param>
/// <param name="Maximum">Where it ends; the largest value when null.</param>
public sealed record Axis(string Label, bool Logarithmic = false, double? Minimum = null, double? Maximum = null)
{
    /// <summary>A linear axis as wide as its values.</summary>
    public static implicit operator Axis(string label) => FromString(label);

    /// <summary>A linear axis as wide as its values.</summary>
    public static Axis FromString(string label) => new(label);
}
