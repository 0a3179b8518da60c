namespace DailyPapers.Bench.Community;

/// <summary>The comments that all readers know of at the moment.</summary>
internal sealed class Discussion
{
    private readonly Lock _gate = new();
    private readonly List<SeenComment> _comments = [];

    public void Add(SeenComment comment)
    {
        lock (_gate)
            _comments.Add(comment);
    }

    /// <summary>A random comment, one by or not by <paramref name="reader"/>; null when a few tries find none.</summary>
    public SeenComment? Pick(Random random, string reader, bool own)
    {
        lock (_gate)
        {
            for (var attempt = 0; attempt < 50 && _comments.Count > 0; attempt++)
            {
                var comment = _comments[random.Next(_comments.Count)];
                if (comment.Author == reader == own)
                    return comment;
            }
            return null;
        }
    }

    public void Remove(SeenComment comment)
    {
        lock (_gate)
            _comments.Remove(comment);
    }
}
