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

    private SegmentNames(AtomicReader reader)
    {
        Titles = ReadTitles(reader);
        (Authors, _authors) = ReadAuthors(reader);
        (Keywords, _keywords) = ReadKeywords(reader);
    }

    /// <summary>The titles; a name's number is the document's.</summary>
    public NameTable Titles { get; }

    public NameTable Authors { get; }

    public NameTable Keywords { get; }

    /// <summary>What it takes of memory.</summary>
    public long Bytes => Titles.Bytes + Authors.Bytes + Keywords.Bytes + _authors.Bytes + _keywords.Bytes;

    /// <summary>True when a word of any name begins so.</summary>
    public bool HasBeginning(string typed) => Titles.HasBeginning(typed) || Authors.HasBeginning(typed) || Keywords.HasBeginning(typed);

    public string Author(int number) => _authors[number];

    public string Keyword(int number) => _keywords[number];

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
        var (ids, days, upvotes) = (Numbers(reader, IndexField.Id), Numbers(reader, IndexField.Published), Numbers(reader, IndexField.Upvotes));
        for (var document = 0; document < weights.Length; document++)
            weights[document] = WeightOf(days?.Get(document) ?? 0, upvotes?.Get(document) ?? 0, ids?.Get(document) ?? 0);

        var table = new NameTableBuilder();
        var inflected = new HashSet<ulong>();
        var stems = new List<(string Word, int Document, int Place)>();
        DocsAndPositionsEnum? postings = null;
        foreach (var (word, terms) in TermsOf(reader, IndexField.Title))
        {
            postings = terms.DocsAndPositions(null, postings, DocsAndPositionsFlags.NONE);
            var isStem = Stemmer.Read(word) is var read && ReferenceEquals(read.Spelling, read.Stem);
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
        return table.Build(weights, word => written.Contains(word) || !ReferenceEquals(Stemmer.Read(word).Spelling, Stemmer.Read(word).Stem));
    }

    private static (NameTable Table, Utf8Names Names) ReadAuthors(AtomicReader reader)
    {
        var names = new List<(string Name, int Count)>();
        foreach (var (name, terms) in TermsOf(reader, IndexField.AuthorName))
            names.Add((name, terms.DocFreq));
        return TableOf(names);
    }

    // One entry for all ways to write a keyword, called by the most frequent of them.
    private static (NameTable Table, Utf8Names Names) ReadKeywords(AtomicReader reader)
    {
        if (reader.GetSortedSetDocValues(IndexField.KeywordCount) is not { } values)
            return TableOf([]);
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
        return TableOf([.. keywords.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => (k.Value.Name, k.Value.Count))]);
    }

    private static (NameTable Table, Utf8Names Names) TableOf(List<(string Name, int Count)> names)
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
        return (table.Build(weights, _ => true), new Utf8Names(names.Select(n => n.Name)));
    }

    private static NumericDocValues? Numbers(AtomicReader reader, string field) => reader.GetNumericDocValues(field);

    private static IEnumerable<(string Text, TermsEnum Terms)> TermsOf(AtomicReader reader, string field)
    {
        if (reader.GetTerms(field)?.GetEnumerator() is not { } terms)
            yield break;
        while (terms.MoveNext())
            yield return (terms.Term.Utf8ToString(), terms);
    }

    private sealed class Utf8Names
    {
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

        public string this[int number] => Encoding.UTF8.GetString(_bytes, _starts[number], _starts[number + 1] - _starts[number]);
    }
}
