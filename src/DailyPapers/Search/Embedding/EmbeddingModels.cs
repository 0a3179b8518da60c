using Microsoft.Extensions.Options;

namespace DailyPapers.Search.Embedding;

/// <summary>Opens the model that the settings name, or the one that earlier vectors were made by.</summary>
public sealed class EmbeddingModels
{
    private readonly IOptions<EmbeddingOptions> _options;
    private readonly IReadOnlyList<IEmbeddingKind> _kinds;

    internal EmbeddingModels(IOptions<EmbeddingOptions> options, IEnumerable<IEmbeddingKind> kinds)
    {
        _options = options;
        _kinds = [.. kinds];
    }

    /// <summary>Whether the settings want vectors at all.</summary>
    /// <exception cref="OptionsValidationException">A setting cannot be used.</exception>
    public bool IsConfigured => _options.Value.Kind != EmbeddingOptions.NoKind;

    /// <summary>Opens the model that the settings name; nothing with the kind <c>none</c>. The caller disposes it.</summary>
    /// <exception cref="EmbeddingException">It cannot be opened; when <see cref="EmbeddingException.IsTransient"/>, yet.</exception>
    /// <exception cref="OptionsValidationException">A setting cannot be used.</exception>
    public async Task<EmbeddingModel?> OpenAsync(CancellationToken cancellationToken) =>
        IsConfigured ? await OpenAsync(KindOf(_options.Value)!, _options.Value, cancellationToken) : null;

    /// <summary>
    /// Opens the model that made earlier vectors; nothing when it is no longer to be had: its kind is not in this program, its
    /// files are gone, or what is there now makes other vectors. The caller disposes it.
    /// </summary>
    /// <exception cref="EmbeddingException">Its endpoint does not answer now; <see cref="EmbeddingException.IsTransient"/> is set.</exception>
    public async Task<EmbeddingModel?> ReopenAsync(EmbeddingModelRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        var options = WithKey(record.Settings);
        if (KindOf(options) is not { } kind || kind.Problems(options).Any())
            return null;
        try
        {
            var model = await OpenAsync(kind, options, cancellationToken);
            var made = false;
            try
            {
                made = await model.MadeAsync(record, cancellationToken);
            }
            finally
            {
                if (!made)
                    model.Dispose();
            }
            return made ? model : null;
        }
        catch (EmbeddingException exception) when (!exception.IsTransient)
        {
            return null;
        }
    }

    private static async Task<EmbeddingModel> OpenAsync(IEmbeddingKind kind, EmbeddingOptions options, CancellationToken cancellationToken)
    {
        var model = await kind.OpenAsync(options, cancellationToken);
        model.OpenedBy = options;
        if (options.Dimensions is not { } dimensions || model.Dimensions == dimensions)
            return model;
        model.Dispose();
        throw new EmbeddingException(
            $"{EmbeddingOptions.Section}:Dimensions is {dimensions}, but the vectors of {model.Name} have {model.Dimensions} numbers.",
            "Correct it, or leave it out.");
    }

    private IEmbeddingKind? KindOf(EmbeddingOptions options) => _kinds.LastOrDefault(kind => kind.Name == options.Kind);

    /// <summary>The key in the settings is for the endpoint in the settings only.</summary>
    private EmbeddingOptions WithKey(EmbeddingOptions recorded)
    {
        var options = recorded.Copy();
        var current = _options.Value;
        if (options.Endpoint is not null && options.Endpoint == current.Endpoint)
            (options.ApiKey, options.ApiKeyFile) = (current.ApiKey, current.ApiKeyFile);
        return options;
    }
}
