using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace DailyPapers.Search.Text;

/// <summary>
/// The words of a text, normalised. Words joined by hyphens also yield their compound at the place of the last one, so that
/// <c>two-pass</c> is found as <c>two pass</c>, <c>two-pass</c> and <c>twopass</c>.
/// </summary>
internal sealed class WordTokenizer : Tokenizer
{
    private const int MostJoined = 5;
    private readonly ICharTermAttribute _term;
    private readonly IOffsetAttribute _offset;
    private readonly IPositionIncrementAttribute _increment;
    private readonly List<(string Term, int Start, int End, int Increment)> _group = [];
    private char[] _text = new char[4096];
    private int _length = -1;
    private int _position;
    private int _previousEnd;
    private Word? _ahead;
    private int _next;

    public WordTokenizer(TextReader input) : base(input)
    {
        _term = AddAttribute<ICharTermAttribute>();
        _offset = AddAttribute<IOffsetAttribute>();
        _increment = AddAttribute<IPositionIncrementAttribute>();
    }

    public override bool IncrementToken()
    {
        ClearAttributes();
        if (_length < 0)
            ReadAll();
        if (_next == _group.Count && !ReadGroup())
            return false;
        var (term, start, end, increment) = _group[_next++];
        _term.SetEmpty().Append(term);
        _offset.SetOffset(CorrectOffset(start), CorrectOffset(end));
        _increment.PositionIncrement = increment;
        return true;
    }

    public override void Reset()
    {
        base.Reset();
        _length = -1;
        _position = 0;
        _previousEnd = -1;
        _ahead = null;
        _group.Clear();
        _next = 0;
    }

    public override void End()
    {
        base.End();
        var end = CorrectOffset(Math.Max(_length, 0));
        _offset.SetOffset(end, end);
    }

    private void ReadAll()
    {
        _length = 0;
        int read;
        while ((read = m_input.Read(_text, _length, _text.Length - _length)) > 0)
        {
            _length += read;
            if (_length == _text.Length)
                Array.Resize(ref _text, _text.Length * 2);
        }
    }

    private bool ReadGroup()
    {
        _group.Clear();
        _next = 0;
        var hyphens = 0;
        while (Read() is { } word)
        {
            if (_group.Count > 0 && !word.Joined)
            {
                _ahead = word;
                break;
            }
            hyphens += _group.Count > 0 && word.Start > _group[^1].End ? 1 : 0;
            var term = Words.Normalise(_text.AsSpan(word.Start, word.End - word.Start));
            if (term.Length == 0)
                continue;
            _group.Add((term, word.Start, word.End, 1));
            if (_group.Count > MostJoined)
                return true;
        }
        if (_group.Count > 1 && hyphens == _group.Count - 1)
            _group.Add((string.Concat(_group.Select(part => part.Term)), _group[0].Start, _group[^1].End, 0));
        return _group.Count > 0;
    }

    private Word? Read()
    {
        if (_ahead is { } waiting)
        {
            _ahead = null;
            return waiting;
        }
        if (!Words.TryNext(_text.AsSpan(0, _length), ref _position, _previousEnd, out var word))
            return null;
        _previousEnd = word.End;
        return word;
    }
}
