using DailyPapers.Search.Embedding;
using DailyPapers.Search.Vectors;

namespace DailyPapers.Search.Semantic;

/// <summary>The vectors on loan, and the model that embeds queries like them.</summary>
internal sealed class MeaningLease(EmbeddingModel model, VectorSnapshot vectors) : IDisposable
{
    public EmbeddingModel Model { get; } = model;

    public VectorSnapshot Vectors { get; } = vectors;

    public void Dispose() => Vectors.Dispose();
}
