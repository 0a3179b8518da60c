namespace DailyPapers.Search.Retrieval;

/// <summary>The documents with the highest scores seen so far: a heap with the worst of them on top.</summary>
internal sealed class BestDocuments(int most)
{
    private readonly float[] _scores = new float[most];
    private readonly int[] _documents = new int[most];

    public int Count { get; private set; }

    /// <summary>A document is kept when its score is above this; it only rises.</summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    /// <summary>The documents, in no order.</summary>
    public ReadOnlySpan<int> Documents => _documents.AsSpan(0, Count);

    /// <summary>Their scores.</summary>
    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, Count);

    /// <summary>Takes a document whose score is above the threshold.</summary>
    public void Add(int document, float score)
    {
        if (Count < most)
            SiftUp(Count++, document, score);
        else
            SiftDown(document, score);
        if (Count == most)
            Threshold = _scores[0];
    }

    private void SiftUp(int at, int document, float score)
    {
        while (at > 0 && score < _scores[(at - 1) / 2])
        {
            (_scores[at], _documents[at]) = (_scores[(at - 1) / 2], _documents[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        (_scores[at], _documents[at]) = (score, document);
    }

    private void SiftDown(int document, float score)
    {
        var at = 0;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= most)
                break;
            if (child + 1 < most && _scores[child + 1] < _scores[child])
                child++;
            if (score <= _scores[child])
                break;
            (_scores[at], _documents[at]) = (_scores[child], _documents[child]);
            at = child;
        }
        (_scores[at], _documents[at]) = (score, document);
    }
}
