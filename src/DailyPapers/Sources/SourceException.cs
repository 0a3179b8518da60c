namespace DailyPapers.Sources;

/// <summary>Ends a run of a source; the message names the source, what happened and what to do.</summary>
public sealed class SourceException : Exception
{
    internal SourceException(string source, string happened, string remedy, Exception? inner = null)
        : base($"{source}: {happened} {remedy}", inner) => SourceName = source;

    /// <summary>The source as people call it, such as <c>arXiv</c>.</summary>
    public string SourceName { get; }

    /// <summary>True when no answer came at all: the machine is offline, or the source is down.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>When the source asked to be left alone until then.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
