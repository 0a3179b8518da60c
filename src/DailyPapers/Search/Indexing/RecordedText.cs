using DailyPapers.Search.Text;
using Lucene.Net.Analysis;

namespace DailyPapers.Search.Indexing;

/// <summary>The words of one part of a paper, found and stemmed once and then written into several fields.</summary>
internal sealed class RecordedText
{
    private readonly List<RecordedWord> _words = [];

    private RecordedText()
    {
    }

    public IReadOnlyList<RecordedWord> Words => _words;

    /// <summary>Reads a text by the rules of <see cref="WordTokenizer"/>; compounds stand at the place of their last part.</summary>
    public static RecordedText Of(string text, WordTokenizer words)
    {
        var recorded = new RecordedText();
        words.SetReader(new StringReader(text));
        words.Reset();
        while (words.IncrementToken())
            recorded._words.Add(new RecordedWord(Stemmer.Read(words.CurrentSpelling), words.IsCompound));
        words.End();
        words.Dispose();
        return recorded;
    }

    /// <summary>Stems at their places, and at the same place each spelling that differs, as <see cref="PaperAnalyzer"/> has them.</summary>
    public TokenStream AsProse() => new ProseStream(_words);

    /// <summary>All stems of several parts without places, each part as often as it counts.</summary>
    public static TokenStream AsWeighedStems(IReadOnlyList<(RecordedText Part, int Weight)> parts) => new WeighedStems(parts);

    /// <summary>The spellings of several parts that differ from their stem, without places.</summary>
    public static TokenStream AsSpellings(IReadOnlyList<(RecordedText Part, int Weight)> parts) => new Spellings(parts);

    internal readonly record struct RecordedWord(StemmedWord Word, bool IsCompound);

    private sealed class ProseStream(List<RecordedWord> words) : RecordedStream
    {
        private int _next;
        private bool _spellingIsDue;

        public override bool IncrementToken()
        {
            if (_spellingIsDue)
            {
                _spellingIsDue = false;
                return Yield(words[_next - 1].Word.Spelling, increment: 0);
            }
            if (_next == words.Count)
                return false;
            var word = words[_next++];
            _spellingIsDue = !ReferenceEquals(word.Word.Spelling, word.Word.Stem);
            return Yield(word.Word.Stem, word.IsCompound ? 0 : 1);
        }
    }

    private sealed class WeighedStems(IReadOnlyList<(RecordedText Part, int Weight)> parts) : RecordedStream
    {
        private int _part;
        private int _next;
        private int _times;

        public override bool IncrementToken()
        {
            while (_part < parts.Count)
            {
                var (part, weight) = parts[_part];
                if (_next < part._words.Count)
                {
                    var stem = part._words[_next].Word.Stem;
                    if (++_times == weight)
                        (_next, _times) = (_next + 1, 0);
                    return Yield(stem, increment: 1);
                }
                (_part, _next) = (_part + 1, 0);
            }
            return false;
        }
    }

    private sealed class Spellings(IReadOnlyList<(RecordedText Part, int Weight)> parts) : RecordedStream
    {
        private int _part;
        private int _next;

        public override bool IncrementToken()
        {
            while (_part < parts.Count)
            {
                var words = parts[_part].Part._words;
                while (_next < words.Count)
                {
                    var word = words[_next++].Word;
                    if (!ReferenceEquals(word.Spelling, word.Stem))
                        return Yield(word.Spelling, increment: 1);
                }
                (_part, _next) = (_part + 1, 0);
            }
            return false;
        }
    }
}
