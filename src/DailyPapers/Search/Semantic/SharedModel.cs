using DailyPapers.Search.Embedding;

namespace DailyPapers.Search.Semantic;

/// <summary>A model that lives until the last of those who use it has let go of it.</summary>
internal sealed class SharedModel(EmbeddingModel model)
{
    private int _users = 1;

    public EmbeddingModel Model { get; } = model;

    /// <summary>Keeps the model until <see cref="Release"/>; false when it no longer lives.</summary>
    public bool TryUse()
    {
        for (var users = Volatile.Read(ref _users); users > 0; users = Volatile.Read(ref _users))
        {
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
                return true;
        }
        return false;
    }

    /// <summary>Lets go of the model; the last one to do so disposes it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            Model.Dispose();
    }
}
