namespace DailyPapers.Lab.Reporting;

/// <summary>An axis of a <see cref="Chart"/>. A plain string is a linear axis with that label.</summary>
/// <param name="Label">What it measures, with the unit: <c>wall-clock time (s)</c>.</param>
/// <param name="Logarithmic">Whether it is logarithmic; values must then be positive.</param>
/// <param name="Minimum">Where it starts; the smallest value when null.</param>
/// <param name="Maximum">Where it ends; the largest value when null.</param>
public sealed record Axis(string Label, bool Logarithmic = false, double? Minimum = null, double? Maximum = null)
{
    /// <summary>Names of the places 0, 1, 2, … in the stead of numbers; empty on an axis of numbers.</summary>
    public IReadOnlyList<string> Categories { get; private init; } = [];

    /// <summary>An axis of named places: the first category lies at 0, the next at 1. Names that don't fit beside each other are broken at spaces.</summary>
    /// <param name="label">What the categories are; may be empty when their names say it.</param>
    /// <param name="categories">The names, in order from the axis's start.</param>
    /// <exception cref="ArgumentException">There are no categories.</exception>
    public static Axis OfCategories(string label, IReadOnlyList<string> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        if (categories.Count == 0)
            throw new ArgumentException("An axis of categories needs at least one.", nameof(categories));
        return new(label, Minimum: -0.5, Maximum: categories.Count - 0.5) { Categories = categories };
    }

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
