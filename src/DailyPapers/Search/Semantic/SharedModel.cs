using DailyPapers.Search.Embedding;

namespace DailyPapers.Search.Semantic;

/// <summary>A model that lives until the last of those who use it has let go of it.</summary>
internal sealed class SharedModel(EmbeddingModel model)
{
    private readonly UseCount _uses = new();

    public EmbeddingModel Model { get; } = model;

    /// <summary>Keeps the model until <see cref="Release"/>; false when it no longer lives.</summary>
    public bool TryUse() => _uses.TryAdd();

    /// <summary>Lets go of the model; the last one to do so disposes it.</summary>
    public void Release()
    {
        if (_uses.Remove())
            Model.Dispose();
    }
}
