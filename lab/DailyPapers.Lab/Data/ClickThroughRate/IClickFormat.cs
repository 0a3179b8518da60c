namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>A file format of impressions.</summary>
public interface IClickFormat
{
    /// <summary>The names of the fields, in the order of a record's values.</summary>
    IReadOnlyList<string> Fields { get; }

    /// <summary>Reads a file record by record, so that it may be larger than the memory. A gzip file is decompressed, whatever its name.</summary>
    /// <exception cref="InvalidDataException">
    /// A line is malformed ("train.csv, line 3, field 'hour': expected YYMMDDHH, got '14x'"), there are no records, or a gzip file ends early, which is known only at its end.
    /// </exception>
    IEnumerable<ClickRecord> Read(string path);
}
