using DailyPapers.Search.Embedding;
using DailyPapers.Search.Vectors;

namespace DailyPapers.Search.Semantic;

/// <summary>The vectors on loan, and the model that embeds queries like them; both stay usable until the lease is given back.</summary>
internal sealed class MeaningLease(SharedModel model, VectorSnapshot vectors) : IDisposable
{
    private SharedModel? _model = model;

    public EmbeddingModel Model => _model?.Model ?? throw new ObjectDisposedException(nameof(MeaningLease));

    public VectorSnapshot Vectors { get; } = vectors;

    public void Dispose()
    {
        Vectors.Dispose();
        Interlocked.Exchange(ref _model, null)?.Release();
    }
}
