namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>A table with a header, of which some columns are the fields and one may be the label; cells may be quoted.</summary>
/// <param name="fields">The columns that are fields, by name; others are left out.</param>
/// <param name="label">The column of the label; null for a log of what happened, where every record is a click.</param>
/// <param name="separator">Between cells.</param>
public sealed class DelimitedClicks(IReadOnlyList<string> fields, string? label, char separator = ',') : IClickFormat
{
    internal static readonly string[] FrappeFields = ["user", "item", "daytime", "weekday", "isweekend", "homework", "cost", "weather", "country", "city"];
    internal static readonly string[] MovieLensFields = ["user_id", "item_id", "tag_id"];

    /// <summary>Frappe as the benchmark offers it, "Frappe_x1": label and ten fields, with negatives.</summary>
    public static DelimitedClicks Frappe { get; } = new(FrappeFields, "label");

    /// <summary>Frappe as its authors published it (Baltrunas et al. 2015): a tab-separated log of app usage, to be completed by <see cref="NegativeSampling"/>.</summary>
    public static DelimitedClicks FrappeLog { get; } = new(FrappeFields, null, '\t');

    /// <summary>MovieLens tags as the benchmark offers them, "MovielensLatest_x1": label, user, film, tag, with negatives.</summary>
    public static DelimitedClicks MovieLens { get; } = new(MovieLensFields, "label");

    /// <summary>MovieLens as GroupLens publishes it: <c>tags.csv</c> with <c>userId,movieId,tag,timestamp</c>, to be completed by <see cref="NegativeSampling"/>.</summary>
    public static DelimitedClicks MovieLensTags { get; } = new(["userId", "movieId", "tag"], null);

    /// <inheritdoc/>
    public IReadOnlyList<string> Fields { get; } = fields is { Count: > 0 } ? fields : throw new ArgumentException("There are no fields.", nameof(fields));

    /// <inheritdoc/>
    public IEnumerable<ClickRecord> Read(string path)
    {
        int[]? places = null;
        var (width, labelPlace) = (0, -1);
        TextLine last = default;
        foreach (var line in TextLine.Read(path))
        {
            last = line;
            var cells = DelimitedText.Split(line, separator);
            if (places is null)
            {
                places = [.. Fields.Select(field => Place(line, cells, field))];
                labelPlace = label is null ? -1 : Place(line, cells, label);
                width = cells.Count;
                continue;
            }
            if (cells.Count != width)
                throw line.Error($"expected {width} columns as in the header, got {cells.Count}");
            yield return new(labelPlace < 0 || line.Label(cells[labelPlace], label!), [.. places.Select(place => cells[place])]);
        }
        last.RequireRecordsAfterHeader();
    }

    private int Place(TextLine header, List<string> cells, string column)
    {
        var place = cells.IndexOf(column);
        if (place < 0)
            throw header.Error($"the header has no such column; split at {(separator == '\t' ? "tabs" : $"'{separator}'")} it has '{string.Join("', '", cells)}'", column);
        return cells.IndexOf(column, place + 1) < 0 ? place : throw header.Error("the header has this column twice", column);
    }
}
