using System.Runtime.CompilerServices;
using DailyPapers.Search.Indexing;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace DailyPapers.Search.Retrieval;

/// <summary>
/// What BM25 needs of <see cref="IndexField.Text"/> beside the postings: the number of documents, and per document
/// k1 (1 - b + b · length / mean length), the length as Lucene keeps it, in one byte.
/// </summary>
internal sealed class TextStatistics
{
    private const float K1 = PaperSimilarity.ProseK1;
    private const float B = PaperSimilarity.ProseB;

    private static readonly ConditionalWeakTable<IndexReader, TextStatistics> Known = [];
    private static readonly ConditionalWeakTable<object, byte[]> KnownLengths = [];
    private static readonly float[] Lengths = [.. Enumerable.Range(0, 256).Select(LengthOf)];

    private readonly byte[][] _lengths;

    private TextStatistics(IndexReader reader)
    {
        long documents = 0, words = 0;
        _lengths = new byte[reader.Leaves.Count][];
        for (var i = 0; i < _lengths.Length; i++)
        {
            var leaf = reader.Leaves[i].AtomicReader;
            _lengths[i] = KnownLengths.GetValue(leaf.CoreCacheKey, _ => ReadLengths(leaf));
            if (leaf.GetTerms(IndexField.Text) is not { } terms)
                continue;
            documents += terms.DocCount;
            words += terms.SumTotalTermFreq;
        }
        Documents = documents;
        var mean = documents == 0 ? 1f : words / (float)documents;
        Saturation = [.. Lengths.Select(length => K1 * (1 - B + (B * length / mean)))];
    }

    /// <summary>Documents with text, deleted ones among them until they are merged away.</summary>
    public long Documents { get; }

    /// <summary>k1 (1 - b + b · length / mean length) by encoded length.</summary>
    public float[] Saturation { get; }

    public static TextStatistics Of(IndexReader reader) => Known.GetValue(reader, static r => new TextStatistics(r));

    /// <summary>The encoded lengths of a segment's documents.</summary>
    public byte[] LengthsOf(int leaf) => _lengths[leaf];

    /// <summary>What one occurrence of a term is worth at most: idf (k1 + 1), Lucene's idf of BM25.</summary>
    public float WorthOf(long documentFrequency) =>
        (float)Math.Log(1 + ((Documents - documentFrequency + 0.5) / (documentFrequency + 0.5))) * (K1 + 1);

    private static byte[] ReadLengths(AtomicReader leaf)
    {
        var lengths = new byte[leaf.MaxDoc];
        if (leaf.GetNormValues(IndexField.Text) is not { } norms)
            return lengths;
        for (var doc = 0; doc < lengths.Length; doc++)
            lengths[doc] = (byte)norms.Get(doc);
        return lengths;
    }

    private static float LengthOf(int encoded)
    {
        var inverseRoot = SmallSingle.SByte315ToSingle((sbyte)encoded);
        return 1 / (inverseRoot * inverseRoot);
    }
}
