namespace DailyPapers.Sources;

/// <summary>A record that was not stored, and why.</summary>
/// <param name="Source">The source.</param>
/// <param name="Position">Where the record stands there: an identifier, or a line number.</param>
/// <param name="Field">The field that is wrong.</param>
/// <param name="Reason">What came and what was expected.</param>
/// <param name="Text">The beginning of the record, when the source is a file.</param>
public sealed record SourceReject(string Source, string Position, string Field, string Reason, string? Text = null);
