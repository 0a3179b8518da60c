namespace DailyPapers.Storage;

/// <summary>A backup or restore that did not happen; the message says why.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
