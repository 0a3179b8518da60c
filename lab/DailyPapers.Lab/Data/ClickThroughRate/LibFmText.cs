using System.Globalization;

namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>
/// LibFM's format, in which Frappe and the MovieLens tags are often shared: <c>label id:1 id:1 …</c>, one id a field, in the fields' order, labels 0 and 1 or −1 and 1.
/// </summary>
/// <param name="fields">The names of the fields.</param>
public sealed class LibFmText(IReadOnlyList<string> fields) : IClickFormat
{
    /// <summary>Frappe's ten fields.</summary>
    public static LibFmText Frappe { get; } = new(DelimitedClicks.FrappeFields);

    /// <summary>MovieLens: user, film, tag.</summary>
    public static LibFmText MovieLens { get; } = new(DelimitedClicks.MovieLensFields);

    /// <inheritdoc/>
    public IReadOnlyList<string> Fields { get; } = fields is { Count: > 0 } ? fields : throw new ArgumentException("There are no fields.", nameof(fields));

    /// <inheritdoc/>
    public IEnumerable<ClickRecord> Read(string path)
    {
        foreach (var line in TextLine.Read(path))
        {
            var cells = line.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length != Fields.Count + 1)
                throw line.Error($"expected a label and {Fields.Count} features, got {cells.Length} parts");
            var values = new string[Fields.Count];
            for (var field = 0; field < values.Length; field++)
                values[field] = Id(line, Fields[field], cells[field + 1]);
            yield return new(line.Label(cells[0], "label"), values);
        }
    }

    private static string Id(TextLine line, string field, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw line.Error($"expected id:value, got '{text}'", field);
        return text[(colon + 1)..] is "1" or "1.0"
            ? text[..colon]
            : throw line.Error($"expected the value 1 of a category, got '{text[(colon + 1)..]}'", field);
    }
}
