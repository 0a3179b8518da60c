using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace DailyPapers.Tex;

/// <summary>Decodes TeX's accents, special letters and typewriter ligatures to Unicode: <c>Erd\H{o}s</c> becomes Erdős.</summary>
public static class TexAccents
{
    private static readonly SearchValues<char> _special = SearchValues.Create("\\{}$~-`'h");

    private static readonly SearchValues<char> _listMarks = SearchValues.Create(",;:=|<>");

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _letters =
        MathSymbols.ParsePairs("""
            o ø O Ø l ł L Ł ss ß SS ẞ ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ ng ŋ NG Ŋ S § P ¶ pounds £
            copyright © dag † ddag ‡ textregistered ® texttrademark ™ textcopyright © textendash – textemdash — textellipsis … ldots …
            dots … textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” guillemotleft « guillemotright » textexclamdown ¡
            textquestiondown ¿ textbullet • textdegree ° textmu µ texttimes × textpm ± textdiv ÷ texteuro € euro € textordfeminine ª
            textordmasculine º textperiodcentered · textsection § textrightarrow → textleftarrow ← textless < textgreater > textbar |
            textquotesingle ' textquotedbl "
            """).ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// Decodes what stands outside of formulas and composes it to NFC. Formulas, links, citations and markup commands are
    /// left for <see cref="TexText"/>; text without TeX comes back unchanged except for composition and removed control characters.
    /// </summary>
    /// <param name="source">A title or an author's name as arXiv and BibTeX give it.</param>
    public static string Decode(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var clean = SourceText.Clean(source);
        if (clean.AsSpan().IndexOfAny("\\{}~`") < 0 && !clean.Contains("--", StringComparison.Ordinal) && !clean.Contains("''", StringComparison.Ordinal))
            return SourceText.Compose(clean);
        return SourceText.Compose(SourceText.Clean(new Decoder(clean).Run()));
    }

    /// <summary>Reads an accent command with its letter, or a special letter, at the backslash at <paramref name="position"/>.</summary>
    internal static bool TryRead(ReadOnlySpan<char> source, int position, out string decoded, out int length) =>
        TryRead(source, position, depth: 0, out decoded, out length);

    /// <summary>Reads a ligature that TeX's fonts make of typewriter characters: dashes, double quotes, inverted marks.</summary>
    internal static bool TryReadLigature(ReadOnlySpan<char> rest, out string decoded, out int length)
    {
        (decoded, length) = rest switch
        {
            ['-', '-', '-', '-', ..] => (LongDash(rest), DashCount(rest)),
            ['-', '-', '-', ..] => ("—", 3),
            ['-', '-', ..] => ("–", 2),
            ['`', '`', ..] => ("“", 2),
            ['\'', '\'', ..] => ("”", 2),
            ['`', var next, ..] when char.IsLetterOrDigit(next) && ClosesWithApostrophe(rest[1..]) => ("‘", 1),
            _ => ("", 0),
        };
        return length > 0;
    }

    /// <summary>True for an apostrophe at the end of a word; whether a quote is open is for the caller to know.</summary>
    internal static bool ClosesQuote(ReadOnlySpan<char> source, int position) =>
        (position + 1 == source.Length || !char.IsLetterOrDigit(source[position + 1])) && !source[position..].StartsWith("''");

    /// <summary>True where a tilde ties two words, as in <c>J.~Smith</c>; elsewhere it means "about" or belongs to a path.</summary>
    internal static bool IsTie(ReadOnlySpan<char> source, int position)
    {
        if (position == 0 || position + 1 >= source.Length)
            return false;
        var (before, after) = (source[position - 1], source[position + 1]);
        return !char.IsWhiteSpace(before) && !char.IsWhiteSpace(after)
            && before is not ('/' or '(' or '[' or '=' or '<' or '>' or '~' or '\\') && after is not '~'
            && !(char.IsAsciiDigit(before) && char.IsAsciiDigit(after));
    }

    /// <summary>
    /// True where braces group a word or so, as BibTeX does to keep capitals, and mean nothing to a reader. Braces around a list
    /// or a number are a set, which authors who do not think in TeX write without backslashes.
    /// </summary>
    internal static bool IsGroupingOnly(ReadOnlySpan<char> fromBrace)
    {
        var inside = fromBrace[1..];
        var end = inside.IndexOfAny("{}\\$");
        if (end < 0 || inside[end] != '}')
            return true;
        inside = inside[..end];
        return inside.IsEmpty || inside.ContainsAnyInRange('A', 'z') && !inside.ContainsAny(_listMarks) || inside.ContainsAnyInRange('\u00C0', '\uFFFD') && inside.IndexOf(',') < 0;
    }

    private static string LongDash(ReadOnlySpan<char> dashes) => new('-', DashCount(dashes));

    private static int DashCount(ReadOnlySpan<char> dashes)
    {
        var end = dashes.IndexOfAnyExcept('-');
        return end < 0 ? dashes.Length : end;
    }

    private static bool ClosesWithApostrophe(ReadOnlySpan<char> quoted)
    {
        var window = quoted[..Math.Min(quoted.Length, 80)];
        var close = window.IndexOfAny('\'', '`');
        return close > 0 && window[close] == '\'';
    }

    private static bool TryRead(ReadOnlySpan<char> source, int position, int depth, out string decoded, out int length)
    {
        decoded = "";
        length = 0;
        var end = position + 1;
        if (end >= source.Length || source[position] != '\\')
            return false;
        if (!char.IsAsciiLetter(source[end]))
        {
            var mark = source[end] switch
            {
                '"' => '\u0308',
                '\'' => '\u0301',
                '`' => '\u0300',
                '^' => '\u0302',
                '~' => '\u0303',
                '=' => '\u0304',
                '.' => '\u0307',
                _ => '\0',
            };
            return mark != '\0' && TryReadAccented(source, position, end + 1, mark, depth, out decoded, out length);
        }
        while (end < source.Length && char.IsAsciiLetter(source[end]))
            end++;
        var name = source[(position + 1)..end];
        if (_letters.TryGetValue(name, out var letter))
            return TryReadLetter(source, position, end, letter, out decoded, out length);
        var named = name switch
        {
            "H" => '\u030B',
            "c" => '\u0327',
            "d" => '\u0323',
            "b" => '\u0331',
            "k" => '\u0328',
            "r" => '\u030A',
            "t" => '\u0361',
            "u" => '\u0306',
            "v" => '\u030C',
            _ => '\0',
        };
        return named != '\0' && end < source.Length && source[end] is ' ' or '{' or '\\'
            && TryReadAccented(source, position, end, named, depth, out decoded, out length);
    }

    private static bool TryReadLetter(ReadOnlySpan<char> source, int position, int end, string letter, out string decoded, out int length)
    {
        decoded = letter;
        length = 0;
        // \O(n) and \L_2 are authors' macros for formulas, not Scandinavian or Polish letters.
        if (end - position == 2 && end < source.Length && source[end] is '(' or '_' or '^')
            return false;
        if (source[end..].StartsWith("{}"))
            end += 2;
        else if (end < source.Length && source[end] == ' ' && char.IsLetter(letter[0]))
            end++;
        length = end - position;
        return true;
    }

    private static bool TryReadAccented(ReadOnlySpan<char> source, int position, int end, char mark, int depth, out string decoded, out int length)
    {
        decoded = "";
        length = 0;
        while (end < source.Length && source[end] == ' ')
            end++;
        var braced = end < source.Length && source[end] == '{';
        if (braced)
            end++;
        if (!TryReadBase(source, ref end, depth, out var letters))
            return false;
        // \t ties two letters.
        if (mark == '\u0361' && end < source.Length && char.IsLetter(source[end]))
            decoded = string.Concat(letters, "\u0361", source.Slice(end++, 1));
        else
            decoded = letters + mark;
        if (braced && (end >= source.Length || source[end++] != '}'))
            return false;
        decoded = SourceText.Compose(decoded);
        length = end - position;
        return true;
    }

    private static bool TryReadBase(ReadOnlySpan<char> source, ref int end, int depth, out string letters)
    {
        letters = "";
        if (end >= source.Length)
            return false;
        if (source[end] == '\\')
        {
            if (depth > 1 || !TryRead(source, end, depth + 1, out letters, out var used))
                return false;
            end += used;
            // The dotless letters exist only to carry accents; Unicode's accented letters take the dotted ones.
            letters = letters switch { "ı" => "i", "ȷ" => "j", _ => letters };
            return letters.Length > 0 && char.IsLetter(letters[0]);
        }
        Rune.DecodeFromUtf16(source[end..], out var rune, out var length);
        if (!Rune.IsLetter(rune))
            return false;
        letters = rune.ToString();
        end += length;
        return true;
    }

    /// <summary>One pass over a text; every step consumes or copies, so time is linear.</summary>
    private ref struct Decoder(string source)
    {
        private const char Removed = '\uFFFF';

        private readonly string _source = source;
        private readonly char[] _output = new char[source.Length * 2];
        private readonly Stack<(int Start, bool Keep)> _groups = new();
        private readonly MathDelimiters _formulas = new(source);
        private int _length;
        private int _position;
        private bool _inQuote;

        internal string Run()
        {
            while (_position < _source.Length)
            {
                var next = _source.AsSpan(_position).IndexOfAny(_special);
                Copy(next < 0 ? _source.Length - _position : next);
                if (next >= 0)
                    Step();
            }
            var kept = _output.AsSpan(0, _length);
            kept = kept[..RemoveMarked(kept)];
            return kept.ToString();
        }

        private static int RemoveMarked(Span<char> text)
        {
            var length = 0;
            foreach (var c in text)
            {
                if (c != Removed)
                    text[length++] = c;
            }
            return length;
        }

        private void Step()
        {
            var source = _source.AsSpan();
            if (_formulas.TryRead(_position, out var formula))
            {
                KeepGroups();
                Copy(formula.End - _position);
                return;
            }
            switch (source[_position])
            {
                case '\\':
                    StepCommand(source);
                    break;
                case '{':
                    OpenGroup(source);
                    break;
                case '}':
                    CloseGroup();
                    break;
                case '~' when IsTie(source, _position):
                    Emit(" ", 1);
                    break;
                case 'h' when TexUrl.StartsAt(source, _position):
                    Copy(TexUrl.LengthAt(source, _position));
                    break;
                case '\'' when _inQuote && ClosesQuote(source, _position):
                    _inQuote = false;
                    Emit("’", 1);
                    break;
                default:
                    if (TryReadLigature(source[_position..], out var ligature, out var length))
                    {
                        _inQuote |= ligature == "‘";
                        Emit(ligature, length);
                    }
                    else
                    {
                        Copy(1);
                    }
                    break;
            }
        }

        private void StepCommand(ReadOnlySpan<char> source)
        {
            if (TryRead(source, _position, out var decoded, out var length))
            {
                Emit(decoded, length);
                return;
            }
            var name = TexCommand.NameAt(source, _position);
            switch (name)
            {
                case "%" or "&" or "#":
                    Emit(name.ToString(), 2);
                    break;
                case "-" or "/":
                    Emit("", 2);
                    break;
                default:
                    KeepGroups();
                    Copy(1 + name.Length);
                    if (TexCommand.TakesVerbatim(name))
                        Copy(TexCommand.ArgumentLengthAt(source, _position));
                    break;
            }
        }

        private void OpenGroup(ReadOnlySpan<char> source)
        {
            // Braces right after a command or a script sign are its argument.
            var isArgument = _length > 0 && (_output[_length - 1] is '^' or '_' or '}' or ']' || FollowsCommand());
            _groups.Push((_length, isArgument || !IsGroupingOnly(source[_position..])));
            Copy(1);
        }

        private readonly bool FollowsCommand()
        {
            var i = _position - 1;
            var limit = Math.Max(0, i - 40);
            while (i > limit && char.IsAsciiLetter(_source[i]))
                i--;
            return i >= 0 && _source[i] == '\\' && i < _position - 1;
        }

        private void CloseGroup()
        {
            var start = -1;
            if (_groups.TryPop(out var group) && !group.Keep)
                start = group.Start;
            Copy(1);
            if (start >= 0)
                _output[start] = _output[_length - 1] = Removed;
        }

        /// <summary>A group that holds markup or a formula is left whole for the renderer.</summary>
        private readonly void KeepGroups()
        {
            if (_groups.TryPop(out var group))
                _groups.Push((group.Start, true));
        }

        private void Copy(int count)
        {
            _source.AsSpan(_position, count).CopyTo(_output.AsSpan(_length));
            _length += count;
            _position += count;
        }

        private void Emit(string text, int consumed)
        {
            text.CopyTo(_output.AsSpan(_length));
            _length += text.Length;
            _position += consumed;
        }
    }
}
