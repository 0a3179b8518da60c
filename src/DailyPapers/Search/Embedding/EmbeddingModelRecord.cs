namespace DailyPapers.Search.Embedding;

/// <summary>
/// What to keep beside vectors so that their model can be opened again, also after the settings name another one: readers'
/// queries go to the old vectors until the new ones are complete. Holds no key; goes through JSON unchanged.
/// </summary>
public sealed record EmbeddingModelRecord
{
    /// <summary><see cref="EmbeddingModel.Id"/>.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="EmbeddingModel.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The vectors' length.</summary>
    public required int Dimensions { get; init; }

    /// <summary>The settings that opened it, without the key.</summary>
    public required EmbeddingOptions Settings { get; init; }

    /// <summary>The vector of a fixed sentence: an endpoint may serve another model under the same name one day.</summary>
    public required IReadOnlyList<float> Sample { get; init; }
}
