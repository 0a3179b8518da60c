namespace DailyPapers.Search.Embedding;

/// <summary>What tells one model's vectors from another's, and how it wants its texts.</summary>
public sealed record EmbeddingModelDescription
{
    /// <summary>The kind it was opened by, such as <c>onnx</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What people call it, such as <c>nomic-embed-text</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Identifies what computes the vectors: a hash of a local model's files, or an endpoint's name for the model.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The vectors' length.</summary>
    public required int Dimensions { get; init; }

    /// <summary>What goes before a query.</summary>
    public string QueryPrefix { get; init; } = "";

    /// <summary>What goes before a paper's text.</summary>
    public string DocumentPrefix { get; init; } = "";

    /// <summary>How often a paper's title stands in its text.</summary>
    public int TitleCount { get; init; } = 1;

    /// <summary>How many texts are best given at once.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Whether vectors are computed in this process, so that no text leaves it and no network is waited for.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Whether a vector of zeros means a text of which the model knows no word; from other models it is an error.</summary>
    public bool ZeroWhenUnknown { get; init; }

    /// <summary>How long a query may wait for its vector, if not for ever.</summary>
    public TimeSpan? QueryTimeout { get; init; }
}
