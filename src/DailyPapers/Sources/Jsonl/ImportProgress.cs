namespace DailyPapers.Sources.Jsonl;

/// <summary>How far an import is; reported after every stored batch.</summary>
/// <param name="BytesRead">Bytes of the file behind, compressed if the file is.</param>
/// <param name="TotalBytes">Bytes of the file.</param>
/// <param name="Lines">Lines behind.</param>
/// <param name="Rejected">Lines rejected in this run.</param>
/// <param name="RecordsPerSecond">Records stored per second in this run.</param>
public sealed record ImportProgress(long BytesRead, long TotalBytes, long Lines, int Rejected, double RecordsPerSecond);
