using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace DailyPapers.Search.Text;

/// <summary>
/// Adds to each stem, at its place, the word as the text spells it where that differs: prefixes are looked for among the
/// spellings, since a stem may end before the prefix does.
/// </summary>
internal sealed class SpellingFilter : TokenFilter
{
    private readonly WordTokenizer _words;
    private readonly ICharTermAttribute _term;
    private readonly IPositionIncrementAttribute _increment;
    private bool _pending;

    public SpellingFilter(TokenStream input, WordTokenizer words) : base(input)
    {
        _words = words;
        _term = AddAttribute<ICharTermAttribute>();
        _increment = AddAttribute<IPositionIncrementAttribute>();
    }

    public override bool IncrementToken()
    {
        if (_pending)
        {
            // The other attributes stand as the stem left them: the same place.
            _pending = false;
            var spelling = _words.CurrentSpelling;
            _term.Length = 0;
            spelling.CopyTo(_term.ResizeBuffer(spelling.Length));
            _term.Length = spelling.Length;
            _increment.PositionIncrement = 0;
            return true;
        }
        if (!m_input.IncrementToken())
            return false;
        _pending = !_words.CurrentSpelling.SequenceEqual(_term.Buffer.AsSpan(0, _term.Length));
        return true;
    }

    public override void Reset()
    {
        base.Reset();
        _pending = false;
    }
}
