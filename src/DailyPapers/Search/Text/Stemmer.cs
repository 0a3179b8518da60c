using System.Collections.Concurrent;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;

namespace DailyPapers.Search.Text;

/// <summary>
/// The stem under which the index has a word of prose, by KStem, which keeps apart what Porter's stemmer throws together and
/// this field must not (generalization, general).
/// </summary>
internal static class Stemmer
{
    // About 30 MB when full. Text keeps to a small part of its vocabulary, so words beyond are stemmed each time.
    private const int MostRemembered = 200_000;

    private static readonly ConcurrentDictionary<string, StemmedWord> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, StemmedWord>.AlternateLookup<ReadOnlySpan<char>> KnownSpans = Known.GetAlternateLookup<ReadOnlySpan<char>>();
    private static int _remembered;

    [ThreadStatic]
    private static SingleWord? _source;

    [ThreadStatic]
    private static KStemFilter? _stems;

    /// <summary>The stem of a normalised word.</summary>
    public static string Stem(string word) => Read(word).Stem;

    /// <summary>The word and its stem; the same strings for every occurrence of a common word.</summary>
    public static StemmedWord Read(ReadOnlySpan<char> word)
    {
        if (KnownSpans.TryGetValue(word, out var known))
            return known;
        var spelling = word.ToString();
        var stem = Compute(spelling);
        var stemmed = new StemmedWord(spelling, stem == spelling ? spelling : stem);
        if (Volatile.Read(ref _remembered) < MostRemembered && Known.TryAdd(spelling, stemmed))
            Interlocked.Increment(ref _remembered);
        return stemmed;
    }

    private static string Compute(string word)
    {
        _source ??= new SingleWord();
        _stems ??= new KStemFilter(_source);
        _source.Word = word;
        _stems.IncrementToken();
        return _source.Word;
    }

    // One word at a time through the filter, which is the only way Lucene.NET opens to its stemmer.
    private sealed class SingleWord : TokenStream
    {
        private readonly ICharTermAttribute _term;

        public SingleWord() => _term = AddAttribute<ICharTermAttribute>();

        public string Word
        {
            get => _term.ToString()!;
            set => _term.SetEmpty().Append(value);
        }

        public override bool IncrementToken() => true;
    }
}
