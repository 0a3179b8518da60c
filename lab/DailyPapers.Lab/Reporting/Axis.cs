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

    /// <summary>A linear axis a little wider than the values: marks at its very edge would be cut in half.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static Axis Around(string label, IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            throw new ArgumentException("An axis around values needs at least one.", nameof(values));
        var margin = 0.04 * (values.Max() - values.Min());
        return new(label, Minimum: values.Min() - margin, Maximum: values.Max() + margin);
    }
}
