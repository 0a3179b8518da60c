namespace DailyPapers.Search.Embedding;

/// <summary>Which model turns texts into vectors; section <c>Search:Embedding</c> of the settings.</summary>
public sealed class EmbeddingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Search:Embedding";

    /// <summary>The kind that ships with the product and needs nothing.</summary>
    public const string StaticKind = "static";

    /// <summary>The kind that leaves search to words alone.</summary>
    public const string NoKind = "none";

    /// <summary><c>static</c> (the model that ships), <c>onnx</c> (a folder), <c>openai</c> (an endpoint) or <c>none</c> (words only).</summary>
    public string Kind { get; set; } = StaticKind;

    /// <summary><c>onnx</c>: the model's folder. <c>static</c>: a model file in place of the shipped one. A relative path starts at the data directory.</summary>
    public string? Path { get; set; }

    /// <summary><c>openai</c>: the address below which <c>/embeddings</c> answers, such as <c>http://localhost:11434/v1</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary><c>openai</c>: the model's name at the endpoint. <c>onnx</c>: which graph of the folder, such as <c>onnx/model_quantized.onnx</c>; <c>model.onnx</c> unless set.</summary>
    public string? Model { get; set; }

    /// <summary><c>openai</c>: the key sent with every request, if the endpoint wants one.</summary>
    public string? ApiKey { get; set; }

    /// <summary><c>openai</c>: a file that holds the key, read whenever the model is opened.</summary>
    public string? ApiKeyFile { get; set; }

    /// <summary>The vectors' length; asked of an <c>openai</c> endpoint and required of every model. The model's own unless set.</summary>
    public int? Dimensions { get; set; }

    /// <summary>What goes before a query, such as <c>"query: "</c> for E5; what the model's folder says unless set, else nothing.</summary>
    public string? QueryPrefix { get; set; }

    /// <summary>What goes before a paper's text, such as <c>"passage: "</c> for E5; what the model's folder says unless set, else nothing.</summary>
    public string? DocumentPrefix { get; set; }

    /// <summary>How many texts one request or one run takes; the kind's own unless set.</summary>
    public int? BatchSize { get; set; }

    /// <summary><c>onnx</c>: the most tokens of a text that are read; as many as the model was trained for unless set.</summary>
    public int? MaxTokens { get; set; }

    /// <summary><c>onnx</c>: processor threads one run uses; half of the processors unless set, so that pages stay quick meanwhile.</summary>
    public int? Threads { get; set; }

    /// <summary><c>openai</c>: how long one request may take; a minute unless set.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary><c>openai</c>: how long a reader's query may wait for its vector before the search goes by words alone; 2 seconds unless set.</summary>
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary><c>openai</c>: how often a failed request is tried again; 4 times unless set.</summary>
    public int Retries { get; set; } = 4;

    internal EmbeddingOptions Copy() => (EmbeddingOptions)MemberwiseClone();

    internal EmbeddingOptions WithoutKey()
    {
        var copy = Copy();
        copy.ApiKey = null;
        return copy;
    }
}
