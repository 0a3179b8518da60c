namespace DailyPapers.Search.Vectors;

/// <summary>The best hits seen so far; among equal scores the younger paper, the one of the higher identity, comes first.</summary>
internal sealed class TopHits(int count)
{
    private static readonly Comparer<VectorHit> WorstFirst = Comparer<VectorHit>.Create(static (a, b) => IsBetter(a, b) ? 1 : IsBetter(b, a) ? -1 : 0);

    private readonly PriorityQueue<VectorHit, VectorHit> _queue = new(WorstFirst);
    private VectorHit _worst = new(0, float.NegativeInfinity);

    /// <summary>True when a hit that scores no higher than this cannot be among the best.</summary>
    public bool Excludes(float score) => score < _worst.Score;

    public void Add(long paperId, float score)
    {
        if (Excludes(score))
            return;
        var hit = new VectorHit(paperId, score);
        if (_queue.Count < count)
            _queue.Enqueue(hit, hit);
        else if (IsBetter(hit, _worst))
            _queue.EnqueueDequeue(hit, hit);
        else
            return;
        if (_queue.Count == count)
            _worst = _queue.Peek();
    }

    public void Add(TopHits others)
    {
        foreach (var (hit, _) in others._queue.UnorderedItems)
            Add(hit.PaperId, hit.Score);
    }

    /// <summary>Takes the hits out, best first.</summary>
    public VectorHit[] Take()
    {
        var hits = new VectorHit[_queue.Count];
        for (var i = hits.Length - 1; i >= 0; i--)
            hits[i] = _queue.Dequeue();
        return hits;
    }

    private static bool IsBetter(VectorHit a, VectorHit b) => a.Score > b.Score || (a.Score == b.Score && a.PaperId > b.PaperId);
}
