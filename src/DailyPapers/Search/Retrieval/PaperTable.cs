using System.Runtime.CompilerServices;
using DailyPapers.Search.Indexing;
using Lucene.Net.Index;

namespace DailyPapers.Search.Retrieval;

/// <summary>
/// Finds a segment's documents by paper in memory, twelve bytes a document at most: a look into the dictionary of terms takes
/// many times as long, and meaning finds hundreds of papers for a query.
/// </summary>
internal sealed class PaperTable
{
    private static readonly ConditionalWeakTable<object, PaperTable> Known = [];

    // Sorted; papers in the order in which they were written need no second array.
    private readonly long[] _paperIds;
    private readonly int[]? _documents;

    private PaperTable(AtomicReader segment)
    {
        _paperIds = new long[segment.MaxDoc];
        if (segment.GetNumericDocValues(IndexField.Id) is not { } values)
            return;
        var isSorted = true;
        for (var document = 0; document < _paperIds.Length; document++)
        {
            _paperIds[document] = values.Get(document);
            isSorted &= document == 0 || _paperIds[document - 1] <= _paperIds[document];
        }
        if (isSorted)
            return;
        _documents = new int[_paperIds.Length];
        for (var document = 0; document < _documents.Length; document++)
            _documents[document] = document;
        Array.Sort(_paperIds, _documents);
    }

    /// <summary>The paper's document in the whole index; −1 when it has none.</summary>
    public static int Find(IndexReader reader, long paperId)
    {
        foreach (var leaf in reader.Leaves)
        {
            var segment = leaf.AtomicReader;
            var table = Known.GetValue(segment.CoreCacheKey, _ => new PaperTable(segment));
            if (table.FindLive(segment, paperId) is >= 0 and var document)
                return leaf.DocBase + document;
        }
        return -1;
    }

    // A segment may hold several documents of a paper, of which all but one are deleted.
    private int FindLive(AtomicReader segment, long paperId)
    {
        var live = segment.LiveDocs;
        for (var at = First(paperId); at < _paperIds.Length && _paperIds[at] == paperId; at++)
        {
            var document = _documents is null ? at : _documents[at];
            if (live?.Get(document) is not false)
                return document;
        }
        return -1;
    }

    private int First(long paperId)
    {
        var (low, high) = (0, _paperIds.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_paperIds[middle] < paperId)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
