using System.Runtime.CompilerServices;
using System.Text;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Text;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace DailyPapers.Search.Suggesting;

/// <summary>
/// The names that one segment of the index has. A segment never changes, apart from papers that are deleted, so what was read
/// of it holds until it is merged away; a change to a few papers costs the reading of those.
/// </summary>
internal sealed class SegmentNames
{
    // A doubling of the upvotes counts as much as being this much newer.
    private const int DaysPerDoubling = 365;
    private const int IdBits = 40;

    private static readonly ConditionalWeakTable<object, Lazy<SegmentNames>> Known = [];

    private readonly Utf8Names _authors;
    private readonly Utf8Names _keywords;
    private readonly Utf8Names _keywordTerms;

    private SegmentNames(AtomicReader reader)
    {
        Titles = ReadTitles(reader);
        (Authors, _authors) = ReadAuthors(reader);
        (Keywords, _keywords, _keywordTerms) = ReadKeywords(reader);
    }

    /// <summary>The titles; a name's number is the document's.</summary>
    public NameTable Titles { get; }

    public NameTable Authors { get; }

    public NameTable Keywords { get; }

    /// <summary>What it takes of memory.</summary>
    public long Bytes => Titles.Bytes + Authors.Bytes + Keywords.Bytes + _authors.Bytes + _keywords.Bytes + _keywordTerms.Bytes;

    /// <summary>True when a word of any name begins so.</summary>
    public bool HasBeginning(string typed) => Titles.HasBeginning(typed) || Authors.HasBeginning(typed) || Keywords.HasBeginning(typed);

    public string Author(int number) => _authors[number];

    public string Keyword(int number) => _keywords[number];

    /// <summary>How many papers of this author the segment was written with.</summary>
    public int PapersOfAuthor(string name) => CountAt(Authors, _authors.NumberOf(name));

    /// <summary>How many papers with this keyword, in its one spelling, the segment was written with.</summary>
    public int PapersWithKeyword(string term) => CountAt(Keywords, _keywordTerms.NumberOf(term));

    /// <summary>The names of a segment, read when they are first asked for.</summary>
    public static SegmentNames Of(AtomicReader reader) =>
        Known.GetValue(reader.CoreCacheKey, _ => new Lazy<SegmentNames>(() => new SegmentNames(reader))).Value;

    /// <summary>The identity of the paper whose title has this weight.</summary>
    public static long PaperOf(long titleWeight) => titleWeight & ((1L << IdBits) - 1);

    // Equally good matches: the more liked and the newer first, then the latest added.
    private static long WeightOf(long published, long upvotes, long id) =>
        ((long)(published + (DaysPerDoubling * Math.Log2(1 + Math.Max(upvotes, 0)))) << IdBits) | (id & ((1L << IdBits) - 1));

    private static NameTable ReadTitles(AtomicReader reader)
    {
        var weights = new long[Math.Min(reader.MaxDoc, NameTableBuilder.MostNames)];
        var (ids, days, upvotes) = (reader.GetNumericDocValues(IndexField.Id), reader.GetNumericDocValues(IndexField.Published), reader.GetNumericDocValues(IndexField.Upvotes));
        for (var document = 0; document < weights.Length; document++)
            weights[document] = WeightOf(days?.Get(document) ?? 0, upvotes?.Get(document) ?? 0, ids?.Get(document) ?? 0);

        var table = new NameTableBuilder();
        var inflected = new HashSet<ulong>();
        var stems = new List<(string Word, int Document, int Place)>();
        DocsAndPositionsEnum? postings = null;
        foreach (var (word, terms) in TermsOf(reader, IndexField.Title))
        {
            postings = terms.DocsAndPositions(null, postings, DocsAndPositionsFlags.NONE);
            var isStem = IsStem(word);
            while (postings.NextDoc() is var document && document != DocsAndPositionsEnum.NO_MORE_DOCS)
            {
                for (var left = postings.Freq; left > 0; left--)
                {
                    var place = postings.NextPosition();
                    table.Add(word, document, place);
                    if (isStem)
                        stems.Add((word, document, place));
                    else
                        inflected.Add(((ulong)document << 32) | (uint)place);
                }
            }
        }
        // Where another word has the same place, the stem may be all that the title has of this one.
        var written = stems.Where(stem => !inflected.Contains(((ulong)stem.Document << 32) | (uint)stem.Place)).Select(stem => stem.Word).ToHashSet(StringComparer.Ordinal);
        return table.Build(weights, word => written.Contains(word) || !IsStem(word));
    }

    private static bool IsStem(string word) => Stemmer.Read(word) is var read && ReferenceEquals(read.Spelling, read.Stem);

    private static int CountAt(NameTable table, int number) => number < 0 ? 0 : (int)(table.WeightOf(number) >> 32);

    private static (NameTable Table, Utf8Names Names) ReadAuthors(AtomicReader reader)
    {
        var names = new List<(string Name, int Count)>();
        foreach (var (name, terms) in TermsOf(reader, IndexField.AuthorName))
            names.Add((name, terms.DocFreq));
        return (TableOf(names), new Utf8Names(names.Select(n => n.Name)));
    }

    // One entry for all ways to write a keyword, called by the most frequent of them.
    private static (NameTable Table, Utf8Names Names, Utf8Names Terms) ReadKeywords(AtomicReader reader)
    {
        if (reader.GetSortedSetDocValues(IndexField.KeywordCount) is not { } values)
            return (TableOf([]), new Utf8Names([]), new Utf8Names([]));
        var counts = new int[values.ValueCount];
        for (var document = 0; document < reader.MaxDoc; document++)
        {
            values.SetDocument(document);
            for (var value = values.NextOrd(); value != SortedSetDocValues.NO_MORE_ORDS; value = values.NextOrd())
                counts[value]++;
        }
        var written = new BytesRef();
        var keywords = new Dictionary<string, (string Name, int Count, int Most)>(StringComparer.Ordinal);
        for (var value = 0; value < counts.Length; value++)
        {
            values.LookupOrd(value, written);
            var name = written.Utf8ToString();
            if (PaperDocument.KeywordTerm(name) is not { Length: > 0 } term)
                continue;
            var known = keywords.GetValueOrDefault(term, (Name: name, Count: 0, Most: 0));
            keywords[term] = (counts[value] > known.Most ? name : known.Name, known.Count + counts[value], Math.Max(known.Most, counts[value]));
        }
        var sorted = keywords.OrderBy(k => k.Key, Utf8Names.Order).ToList();
        return (TableOf(sorted.ConvertAll(k => (k.Value.Name, k.Value.Count))), new Utf8Names(sorted.Select(k => k.Value.Name)), new Utf8Names(sorted.Select(k => k.Key)));
    }

    private static NameTable TableOf(List<(string Name, int Count)> names)
    {
        var table = new NameTableBuilder();
        var weights = new long[Math.Min(names.Count, NameTableBuilder.MostNames)];
        for (var number = 0; number < weights.Length; number++)
        {
            weights[number] = ((long)names[number].Count << 32) | (uint)(int.MaxValue - number);
            var words = Words.In(names[number].Name);
            for (var place = 0; place < words.Count; place++)
                table.Add(words[place], number, place);
        }
        return table.Build(weights, _ => true);
    }

    private static IEnumerable<(string Text, TermsEnum Terms)> TermsOf(AtomicReader reader, string field)
    {
        if (reader.GetTerms(field)?.GetEnumerator() is not { } terms)
            yield break;
        while (terms.MoveNext())
            yield return (terms.Term.Utf8ToString(), terms);
    }

    // Strings one after the other; those that are looked up are in the order of their bytes, as the index has its terms.
    private sealed class Utf8Names
    {
        public static readonly Comparer<string> Order = Comparer<string>.Create((left, right) =>
            Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)));

        private readonly byte[] _bytes;
        private readonly int[] _starts;

        public Utf8Names(IEnumerable<string> names)
        {
            var bytes = new MemoryStream();
            var starts = new List<int> { 0 };
            foreach (var name in names)
            {
                bytes.Write(Encoding.UTF8.GetBytes(name));
                starts.Add((int)bytes.Length);
            }
            (_bytes, _starts) = (bytes.ToArray(), [.. starts]);
        }

        public long Bytes => _bytes.Length + (4L * _starts.Length);

        public string this[int number] => Encoding.UTF8.GetString(At(number));

        public int NumberOf(string name)
        {
            var wanted = Encoding.UTF8.GetBytes(name);
            var (low, high) = (0, _starts.Length - 2);
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                var order = At(middle).SequenceCompareTo(wanted);
                if (order == 0)
                    return middle;
                (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
            }
            return -1;
        }

        private ReadOnlySpan<byte> At(int number) => _bytes.AsSpan(_starts[number], _starts[number + 1] - _starts[number]);
    }
}
