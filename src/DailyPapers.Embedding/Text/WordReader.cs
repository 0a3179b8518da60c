namespace DailyPapers.Embedding.Text;

/// <summary>
/// Reads a text word by word, each in its one form: lower case, without accents, singular, in American spelling, styled letters
/// plain, Greek letters by name. TeX's commands for looks are passed over; the others, such as <c>\alpha</c>, are words.
/// </summary>
/// <remarks>Nothing is allocated and the result does not depend on culture or on the platform's Unicode tables.</remarks>
public ref struct WordReader
{
    /// <summary>The most characters of a word; what is longer is cut.</summary>
    public const int LongestWord = 48;

    /// <summary>How many characters a buffer must hold: a word and the one before it.</summary>
    public const int BufferLength = (2 * LongestWord) + CharacterFolding.Longest;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Looks = new HashSet<string>(
        [
            "emph", "em", "it", "bf", "tt", "textbf", "textit", "texttt", "textsc", "textsf", "textrm", "text", "underline",
            "mathbb", "mathbf", "mathcal", "mathfrak", "mathit", "mathrm", "mathsf", "mathscr", "operatorname", "boldsymbol", "bm",
            "left", "right", "big", "frac", "tfrac", "dfrac", "tilde", "widetilde", "hat", "widehat", "bar", "overline", "vec",
            "cite", "citep", "citet", "ref", "url", "href", "footnote", "mbox", "ensuremath", "displaystyle", "limits", "rm", "cal",
        ],
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _buffer;
    private int _position;
    private int _previous;
    private int _length;

    /// <summary>Starts before the first word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="buffer">Where words are written, at least <see cref="BufferLength"/> long.</param>
    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public WordReader(ReadOnlySpan<char> text, Span<char> buffer)
    {
        if (buffer.Length < BufferLength)
            throw new ArgumentException($"The buffer holds {buffer.Length} characters; it must hold {BufferLength}.", nameof(buffer));
        _text = text;
        _buffer = buffer;
    }

    /// <summary>The word last read.</summary>
    public readonly ReadOnlySpan<char> Word => _buffer.Slice(_previous, _length);

    /// <summary>
    /// The word before and this one, written together, when nothing but spaces and hyphens stands between them; empty when
    /// this word begins a phrase. <c>multi-layer</c>, <c>multi layer</c> and <c>multilayer</c> thus meet in one spelling.
    /// </summary>
    public readonly ReadOnlySpan<char> Joined => _previous == 0 ? default : _buffer[..(_previous + _length)];

    /// <summary>Moves to the next word; false at the end.</summary>
    public bool Read()
    {
        Word.CopyTo(_buffer);
        _previous = _length;
        while (_position < _text.Length)
        {
            var character = _text[_position];
            if (character == '\\')
                SkipCommand();
            else if (StartsWord())
            {
                ReadWord();
                if (_length > 0)
                    return true;
            }
            else
            {
                if (!IsWithinPhrase(character))
                    _previous = 0;
                _position++;
            }
        }
        (_previous, _length) = (0, 0);
        return false;
    }

    private readonly bool StartsWord()
    {
        var character = _text[_position];
        return char.IsAsciiLetterOrDigit(character) || (!char.IsAscii(character) && Fold(_position, out _, out _));
    }

    private void ReadWord()
    {
        var word = _buffer.Slice(_previous, LongestWord + CharacterFolding.Longest);
        var length = 0;
        var start = _position;
        while (_position < _text.Length)
        {
            var character = _text[_position];
            if (char.IsAsciiLetterOrDigit(character))
            {
                word[length++] = char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character;
                _position++;
            }
            else if (char.IsAscii(character))
            {
                if (IsApostropheWithin(character, start))
                    _position++;
                else if (character == '\\' && IsAccentCommand())
                    _position += 2;
                else
                    break;
            }
            else if (CharacterFolding.IsIgnored(character) || IsApostropheWithin(character, start))
                _position++;
            else if (Fold(_position, out var folded, out var mathematical))
            {
                if (folded is not null)
                {
                    folded.CopyTo(word[length..]);
                    length += folded.Length;
                    _position++;
                }
                else
                {
                    word[length++] = mathematical;
                    _position += 2;
                }
            }
            else
                break;
            length = Math.Min(length, LongestWord);
        }
        _length = WordForm.Normalize(word, WithoutPossessive(word, length));
        _length = Math.Min(_length, LongestWord);
    }

    private readonly bool Fold(int position, out string? folded, out char mathematical)
    {
        mathematical = '\0';
        folded = CharacterFolding.Find(_text[position]);
        if (folded is not null)
            return true;
        if (!char.IsHighSurrogate(_text[position]) || position + 1 >= _text.Length || !char.IsLowSurrogate(_text[position + 1]))
            return false;
        mathematical = CharacterFolding.FindMathematical(char.ConvertToUtf32(_text[position], _text[position + 1]));
        return mathematical != '\0';
    }

    private readonly bool IsApostropheWithin(char character, int start) =>
        character is '\'' or '\u2019' && _position > start && _position + 1 < _text.Length && char.IsAsciiLetter(_text[_position + 1]);

    // "Newton's" is about Newton.
    private readonly int WithoutPossessive(ReadOnlySpan<char> word, int length) =>
        length > 2 && word[length - 1] == 's' && _position >= 2 && _text[_position - 1] is 's' or 'S' && _text[_position - 2] is '\'' or '\u2019' ? length - 1 : length;

    private readonly bool IsAccentCommand() =>
        _position + 2 < _text.Length && _text[_position + 1] is '\'' or '"' or '`' or '^' or '~' && char.IsAsciiLetter(_text[_position + 2]);

    private void SkipCommand()
    {
        var end = _position + 1;
        while (end < _text.Length && char.IsAsciiLetter(_text[end]))
            end++;
        var isForLooks = end > _position + 1 && Looks.Contains(_text[(_position + 1)..end]);
        _position = isForLooks ? end : _position + 1;
        if (!isForLooks && _position < _text.Length && _text[_position] is '\'' or '"' or '`' or '^' or '~')
            _position++;
    }

    private static bool IsWithinPhrase(char character) =>
        character is ' ' or '-' or '\t' or '\n' or '\r' or '$' or '{' or '}' or '\u00A0' or '\u2010' or '\u2011' or '\u2013' || CharacterFolding.IsIgnored(character);
}
