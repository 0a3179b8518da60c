using System.Globalization;

namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>
/// Criteo's display advertising data (2014): no header, tab-separated, the label, 13 whole numbers I1 to I13 and 26 hashed values C1 to
/// C26, any of which may be missing.
/// </summary>
/// <remarks>Numbers become categories as in the "x4" benchmark: a missing one is 0, one above 2 is ⌊ln(v)²⌋, any other itself.</remarks>
public sealed class CriteoTsv : IClickFormat
{
    private const int Numbers = 13;
    private const int Columns = 40;

    /// <inheritdoc/>
    public IReadOnlyList<string> Fields { get; } =
        [.. Enumerable.Range(1, Numbers).Select(i => $"I{i}"), .. Enumerable.Range(1, Columns - Numbers - 1).Select(i => $"C{i}")];

    /// <inheritdoc/>
    public IEnumerable<ClickRecord> Read(string path)
    {
        foreach (var line in TextLine.Read(path))
        {
            var cells = line.Text.Split('\t');
            if (cells.Length != Columns)
            {
                var remedy = cells.Length == Columns - 1 ? "; Criteo's test file has no labels, so take a part of its training file" : "";
                throw line.Error($"expected {Columns} tab-separated columns, got {cells.Length}{remedy}");
            }
            var values = new string[Columns - 1];
            for (var field = 0; field < values.Length; field++)
                values[field] = field < Numbers ? Bucket(line, Fields[field], cells[field + 1]) : cells[field + 1];
            yield return new(line.Label(cells[0], "label"), values);
        }
    }

    /// <summary>The category of a number: ⌊ln(v)²⌋ above 2, else itself.</summary>
    public static long Bucket(long value) => value > 2 ? (long)Math.Floor(Math.Log(value) * Math.Log(value)) : value;

    private static string Bucket(TextLine line, string field, string text)
    {
        if (text.Length == 0)
            return "0";
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? Bucket(value).ToString(CultureInfo.InvariantCulture)
            : throw line.Error($"expected a whole number, got '{text}'", field);
    }
}
