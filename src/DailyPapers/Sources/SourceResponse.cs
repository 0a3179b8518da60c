namespace DailyPapers.Sources;

/// <summary>A complete answer of a source, within the size bound.</summary>
/// <param name="Body">The body, decompressed.</param>
/// <param name="Charset">The charset of the Content-Type header, if any.</param>
internal sealed record SourceResponse(byte[] Body, string? Charset);
