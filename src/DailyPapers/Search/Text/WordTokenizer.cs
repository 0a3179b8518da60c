using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace DailyPapers.Search.Text;

/// <summary>
/// The words of a text, normalised. Words joined by hyphens also yield their compound at the place of the last one, so that
/// <c>two-pass</c> is found as <c>two pass</c>, <c>two-pass</c> and <c>twopass</c>.
/// </summary>
internal sealed class WordTokenizer : Tokenizer
{
    private const int MostJoined = 4;

    private readonly ICharTermAttribute _term;
    private readonly IOffsetAttribute _offset;
    private readonly IPositionIncrementAttribute _increment;
    private readonly char[] _spelling = new char[Words.LongestSpelling * MostJoined];
    private int _spellingLength;
    private char[] _text = new char[4096];
    private int _length;
    private int _position;
    private int _previousEnd;

    // The spellings of the words joined so far, one after the other, and where they stand.
    private readonly char[] _joined = new char[Words.LongestSpelling * MostJoined];
    private int _joinedLength;
    private int _joinedCount;
    private int _joinedStart;
    private int _joinedEnd;
    private Word? _ahead;

    public WordTokenizer(TextReader input) : base(input)
    {
        _term = AddAttribute<ICharTermAttribute>();
        _offset = AddAttribute<IOffsetAttribute>();
        _increment = AddAttribute<IPositionIncrementAttribute>();
    }

    /// <summary>The current word as the text spells it, normalised but not stemmed.</summary>
    public ReadOnlySpan<char> CurrentSpelling => _spelling.AsSpan(0, _spellingLength);

    /// <summary>Where the current token stands.</summary>
    public (int Start, int End) CurrentPlace { get; private set; }

    /// <summary>True while the current token is the compound of the joined words before it.</summary>
    public bool IsCompound { get; private set; }

    public override bool IncrementToken()
    {
        if (_length < 0)
            ReadAll();
        while (Read() is { } word)
        {
            var continues = word.Joined && _joinedCount > 0;
            if (!continues && YieldsCompound())
            {
                _ahead = word;
                return true;
            }
            _spellingLength = Words.Normalise(_text.AsSpan(word.Start, word.End - word.Start), _spelling);
            if (_spellingLength == 0)
                continue;
            Remember(word, continues);
            Emit(word.Start, word.End, increment: 1);
            return true;
        }
        return YieldsCompound();
    }

    public override void Reset()
    {
        base.Reset();
        _length = -1;
        _position = 0;
        _previousEnd = -1;
        _joinedCount = 0;
        _ahead = null;
    }

    public override void End()
    {
        base.End();
        var end = CorrectOffset(Math.Max(_length, 0));
        _offset.SetOffset(end, end);
    }

    private bool YieldsCompound()
    {
        var isCompound = _joinedCount is > 1 and <= MostJoined;
        _joinedCount = 0;
        if (!isCompound)
            return false;
        _joined.AsSpan(0, _joinedLength).CopyTo(_spelling);
        _spellingLength = _joinedLength;
        Emit(_joinedStart, _joinedEnd, increment: 0);
        return true;
    }

    private void Remember(Word word, bool continues)
    {
        if (!continues)
        {
            _joinedCount = 0;
            _joinedLength = 0;
            _joinedStart = word.Start;
        }
        // Characters that touch, as in Chinese, are joined but not by a hyphen: they make no compound.
        else if (word.Start == _joinedEnd)
        {
            _joinedCount = MostJoined;
        }
        if (++_joinedCount <= MostJoined)
        {
            CurrentSpelling.CopyTo(_joined.AsSpan(_joinedLength));
            _joinedLength += _spellingLength;
        }
        _joinedEnd = word.End;
    }

    private void Emit(int start, int end, int increment)
    {
        ClearAttributes();
        _term.CopyBuffer(_spelling, 0, _spellingLength);
        CurrentPlace = (CorrectOffset(start), CorrectOffset(end));
        _offset.SetOffset(CurrentPlace.Start, CurrentPlace.End);
        _increment.PositionIncrement = increment;
        IsCompound = increment == 0;
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
}
