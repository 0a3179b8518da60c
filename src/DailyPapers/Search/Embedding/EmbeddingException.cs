namespace DailyPapers.Search.Embedding;

/// <summary>A model cannot be opened or gave no usable vector; the message says what happened and what to do.</summary>
public sealed class EmbeddingException : Exception
{
    /// <summary>Joins what happened and what to do.</summary>
    public EmbeddingException(string happened, string remedy, Exception? inner = null) : base($"{happened} {remedy}", inner)
    {
    }

    /// <summary>Whether the same call may well succeed later: an endpoint that is down or busy.</summary>
    public bool IsTransient { get; init; }

    /// <summary>When an endpoint asked to be left alone until then.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
