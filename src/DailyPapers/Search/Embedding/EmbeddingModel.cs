using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace DailyPapers.Search.Embedding;

/// <summary>
/// A model that turns texts into vectors of unit length, so that a dot product is a cosine. Any
/// <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> will do; what it answers is checked. Safe for concurrent use.
/// </summary>
public sealed class EmbeddingModel : IDisposable
{
    private const int IdDigits = 12;
    private const string SampleText = "We prove a bound on the error of gradient descent and test it on image classification.";

    /// <summary>Rounding differs between processors and batch sizes in the third decimal at most; another model agrees far less.</summary>
    private const float SameModel = 0.99f;

    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly IEmbeddingGenerator<string, Embedding<float>> _queries;

    /// <summary>Wraps <paramref name="generator"/>, which is disposed with the model.</summary>
    /// <param name="generator">Embeds papers, and queries too unless these have a generator of their own.</param>
    /// <param name="description">What is known about the model.</param>
    /// <param name="queries">Embeds queries, where the model does that otherwise than by a prefix; disposed with the model too.</param>
    public EmbeddingModel(
        IEmbeddingGenerator<string, Embedding<float>> generator, EmbeddingModelDescription description, IEmbeddingGenerator<string, Embedding<float>>? queries = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(description.Dimensions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(description.BatchSize);
        if (description.Kind.Length == 0 || !description.Kind.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            throw new ArgumentException($"The kind is \"{description.Kind}\"; expected lower-case letters and digits.", nameof(description));
        (_generator, _queries) = (generator, queries ?? generator);
        Description = description;
        Id = IdOf(description);
    }

    /// <summary>
    /// Names the vectors, such as <c>static-1a2b3c4d5e6f</c>; the same exactly when vectors may be compared. Fit for a folder's name.
    /// </summary>
    public string Id { get; }

    /// <summary>The settings that opened it; nothing for a model that the settings did not.</summary>
    internal EmbeddingOptions? OpenedBy { get; set; }

    /// <summary>Everything known about the model.</summary>
    public EmbeddingModelDescription Description { get; }

    /// <summary>What people call it.</summary>
    public string Name => Description.Name;

    /// <summary>The vectors' length.</summary>
    public int Dimensions => Description.Dimensions;

    /// <summary>What goes before a query.</summary>
    public string QueryPrefix => Description.QueryPrefix;

    /// <summary>What goes before a paper's text.</summary>
    public string DocumentPrefix => Description.DocumentPrefix;

    /// <summary>How many texts are best given to <see cref="EmbedDocumentsAsync"/> at once.</summary>
    public int BatchSize => Description.BatchSize;

    /// <summary>Whether vectors are computed in this process, so that no text leaves it and no network is waited for.</summary>
    public bool IsLocal => Description.IsLocal;

    /// <summary>The vector of what a reader asks, of unit length; nothing for a blank text or one of which the model knows no word.</summary>
    /// <exception cref="EmbeddingException">No usable vector came, or not in time; the search can go by words alone.</exception>
    public async ValueTask<float[]?> EmbedQueryAsync(string query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        string[] texts = [query];
        if (Description.QueryTimeout is not { } timeout)
            return (await GenerateAsync(_queries, QueryPrefix, texts, cancellationToken))[0];

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(timeout);
        try
        {
            return (await GenerateAsync(_queries, QueryPrefix, texts, limited.Token))[0];
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EmbeddingException(
                $"The embedding model {Name} gave no vector for the query within {timeout.TotalSeconds:0.###} s.",
                $"Raise {EmbeddingOptions.Section}:QueryTimeout, or use a quicker model.",
                exception)
            { IsTransient = true };
        }
    }

    /// <summary>The vectors of papers' texts, in their order, of unit length; nothing for a blank text or one of which the model knows no word.</summary>
    /// <exception cref="EmbeddingException">No usable vectors came.</exception>
    public async Task<float[]?[]> EmbedDocumentsAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return await GenerateAsync(_generator, DocumentPrefix, texts, cancellationToken);
    }

    /// <summary>What to keep beside the vectors it makes, for <see cref="EmbeddingModels.ReopenAsync"/>.</summary>
    /// <exception cref="EmbeddingException">It gave no usable vector.</exception>
    /// <exception cref="InvalidOperationException"><see cref="EmbeddingModels"/> did not open it.</exception>
    public async Task<EmbeddingModelRecord> RecordAsync(CancellationToken cancellationToken) => new()
    {
        Id = Id,
        Name = Name,
        Dimensions = Dimensions,
        Settings = OpenedBy?.WithoutKey() ?? throw new InvalidOperationException("No settings opened this model, so none can open it again."),
        Sample = await SampleAsync(cancellationToken),
    };

    /// <summary>Whether the vectors kept with <paramref name="record"/> were made by this model: its endpoint may have changed it under the same name.</summary>
    /// <exception cref="EmbeddingException">It gave no usable vector.</exception>
    public async Task<bool> MadeAsync(EmbeddingModelRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Id == record.Id && Dimensions == record.Sample.Count
            && TensorPrimitives.Dot<float>(await SampleAsync(cancellationToken), record.Sample.ToArray()) >= SameModel;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _generator.Dispose();
        if (_queries != _generator)
            _queries.Dispose();
    }

    private async Task<float[]> SampleAsync(CancellationToken cancellationToken) =>
        (await EmbedDocumentsAsync([SampleText], cancellationToken))[0] ?? throw Unusable("a vector of zeros for an English sentence");

    /// <summary>Asks the model only about texts that hold something: endpoints refuse blank ones.</summary>
    private async Task<float[]?[]> GenerateAsync(IEmbeddingGenerator<string, Embedding<float>> generator, string prefix, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        int[] spoken = [.. Enumerable.Range(0, texts.Count).Where(i => !string.IsNullOrWhiteSpace(texts[i]))];
        var vectors = new float[]?[texts.Count];
        if (spoken.Length == 0)
            return vectors;
        var embeddings = await AskAsync(generator, [.. spoken.Select(i => prefix + texts[i])], cancellationToken);
        if (embeddings.Count != spoken.Length)
            throw Unusable($"{embeddings.Count} vectors for {spoken.Length} texts");
        for (var i = 0; i < spoken.Length; i++)
            vectors[spoken[i]] = UnitLength(embeddings[i].Vector.Span);
        return vectors;
    }

    /// <summary>Callers go by words alone when a model fails, whatever its way of failing.</summary>
    private async Task<GeneratedEmbeddings<Embedding<float>>> AskAsync(IEmbeddingGenerator<string, Embedding<float>> generator, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        try
        {
            return await generator.GenerateAsync(texts, cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (exception is not (EmbeddingException or OperationCanceledException or OutOfMemoryException))
        {
            throw new EmbeddingException($"The embedding model {Name} ({Description.Kind}) failed: {exception.Message}", $"Check the settings in {EmbeddingOptions.Section}.", exception);
        }
    }

    private float[]? UnitLength(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Dimensions)
            throw Unusable($"a vector of {vector.Length} numbers where {Dimensions} were expected");
        // Scaled by the largest first: the square of a large or tiny float is infinite or zero.
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (!float.IsFinite(largest))
            throw Unusable("a vector with a number that is not finite");
        if (largest == 0)
            return Description.ZeroWhenUnknown ? null : throw Unusable("a vector of zeros");
        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector, largest, unit);
        TensorPrimitives.Divide(unit, TensorPrimitives.Norm<float>(unit), unit);
        return unit;
    }

    private EmbeddingException Unusable(string what) => new(
        $"The embedding model {Name} ({Description.Kind}) answered with {what}.",
        $"Check the model and the settings in {EmbeddingOptions.Section}.");

    /// <summary>Hashes each part with its length before it, so that no two descriptions run into the same text.</summary>
    private static string IdOf(EmbeddingModelDescription description)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { description.Kind, description.Fingerprint, description.QueryPrefix, description.DocumentPrefix })
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            AppendNumber(hash, bytes.Length);
            hash.AppendData(bytes);
        }
        AppendNumber(hash, description.Dimensions);
        return $"{description.Kind}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..IdDigits]}";
    }

    private static void AppendNumber(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
