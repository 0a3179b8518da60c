namespace DailyPapers.Sources.Jsonl;

/// <summary>A line of a file.</summary>
/// <param name="Number">1 for the first line.</param>
/// <param name="Bytes">The line without its end, or its beginning when it is too long; valid until the next line is read.</param>
/// <param name="IsTooLong">True when the line exceeds the bound.</param>
/// <param name="End">Bytes of the decompressed file up to the next line.</param>
/// <param name="FilePosition">Bytes of the file, compressed if it is, that have been read.</param>
internal readonly record struct JsonLine(long Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong, long End, long FilePosition);
