using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace DailyPapers.Search.Retrieval;

/// <summary>A set of an index's documents, gathered from what queries find.</summary>
internal sealed class DocumentSet(int capacity) : ICollector
{
    private readonly FixedBitSet _bits = new(Math.Max(capacity, 1));
    private int _docBase;

    public bool AcceptsDocsOutOfOrder => true;

    /// <summary>How many documents it holds.</summary>
    public int Count => _bits.Cardinality;

    /// <summary>Adds a document by its number in the whole index.</summary>
    public void Add(int document) => _bits.Set(document);

    public bool Contains(int document) => _bits.Get(document);

    /// <summary>The documents of a segment, numbered within it.</summary>
    public IEnumerable<int> In(AtomicReaderContext segment)
    {
        var end = segment.DocBase + segment.Reader.MaxDoc;
        for (var document = segment.DocBase; document < end; document++)
        {
            document = _bits.NextSetBit(document);
            if (document < 0 || document >= end)
                yield break;
            yield return document - segment.DocBase;
        }
    }

    public void SetScorer(Scorer scorer)
    {
    }

    public void Collect(int doc) => _bits.Set(_docBase + doc);

    public void SetNextReader(AtomicReaderContext context) => _docBase = context.DocBase;
}
