namespace DailyPapers.Sources;

/// <summary>An answer that cannot be read. It may have been cut off on its way, so it is asked for again.</summary>
internal sealed class MalformedResponseException(string message, Exception? inner = null) : Exception(message, inner);
