using System.Buffers;

namespace DailyPapers.Tex;

/// <summary>A formula's place in a text: its content without delimiters, and the index after its closing delimiter.</summary>
internal readonly record struct MathRange(int ContentStart, int ContentEnd, int End, bool Display);

/// <summary>
/// Tells formulas from prose: <c>$..$</c>, <c>$$..$$</c>, <c>\(..\)</c>, <c>\[..\]</c> and display environments, but not prices.
/// </summary>
internal readonly struct MathDelimiters(string source)
{
    // A text argument within a formula may hold dollars of its own; a longer one is not looked into.
    private const int MaxTextArgument = 200;

    private const int MaxFormulaWithoutWords = 100;
    private const int MaxWords = 8;

    private static readonly SearchValues<char> _letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> _mathOnly = SearchValues.Create("\\^_={}<>+");

    private readonly string _source = source;

    /// <summary>Reads the formula that opens at <paramref name="position"/>. Looks ahead a bounded distance.</summary>
    internal bool TryRead(int position, out MathRange formula)
    {
        formula = default;
        var window = _source.AsSpan(position, Math.Min(_source.Length - position, MathParser.MaxLength));
        return window switch
        {
            ['$', '$', ..] => TryReadUntil("$$", position, 2, window, display: true, out formula),
            ['$', ..] => TryReadInline(position, window, out formula),
            ['\\', '(', ..] => TryReadUntil(@"\)", position, 2, window, display: false, out formula),
            ['\\', '[', ..] => TryReadUntil(@"\]", position, 2, window, display: true, out formula),
            ['\\', 'b', 'e', 'g', 'i', 'n', '{', ..] => TryReadEnvironment(position, window, out formula),
            _ => false,
        };
    }

    private static bool TryReadUntil(string close, int position, int openLength, ReadOnlySpan<char> window, bool display, out MathRange formula)
    {
        var length = window[openLength..].IndexOf(close);
        formula = new MathRange(position + openLength, position + openLength + length, position + openLength + length + close.Length, display);
        return length > 0 && !window.Slice(openLength, length).IsWhiteSpace();
    }

    private static bool TryReadEnvironment(int position, ReadOnlySpan<char> window, out MathRange formula)
    {
        formula = default;
        const string begin = @"\begin{";
        var close = window.IndexOf('}');
        var name = close < 0 ? default : window[begin.Length..close];
        if (name is not ("equation" or "equation*" or "align" or "align*" or "eqnarray" or "eqnarray*" or "gather" or "gather*" or "multline" or "multline*"
            or "flalign" or "flalign*" or "displaymath" or "math"))
        {
            return false;
        }
        var end = window.IndexOf($@"\end{{{name}}}");
        if (end < 0)
            return false;
        var length = end + 6 + name.Length;
        formula = new MathRange(position, position + length, position + length, name is not "math");
        return true;
    }

    private static bool TryReadInline(int position, ReadOnlySpan<char> window, out MathRange formula)
    {
        formula = default;
        var close = FindClosingDollar(window);
        if (close <= 1)
            return false;
        var content = window[1..close];
        if (content.IsWhiteSpace() || IsProse(content, window[(close + 1)..]))
            return false;
        formula = new MathRange(position + 1, position + close, position + close + 1, false);
        return true;
    }

    private static int FindClosingDollar(ReadOnlySpan<char> window)
    {
        for (var i = 1; i < window.Length; i++)
        {
            var hop = window[i..].IndexOfAny('$', '\\', '\n');
            if (hop < 0)
                return -1;
            i += hop;
            switch (window[i])
            {
                case '$':
                    return i;
                case '\n' when window[(i + 1)..].TrimStart(" \t\r").StartsWith("\n"):
                    return -1;
                case '\\':
                    i += Math.Max(1, TextArgumentLength(window[i..]));
                    break;
            }
        }
        return -1;
    }

    /// <summary>The length of <c>\text{..}</c> less one, when that is what stands here.</summary>
    private static int TextArgumentLength(ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith(@"\text{") && !rest.StartsWith(@"\mbox{") && !rest.StartsWith(@"\textrm{") && !rest.StartsWith(@"\hbox{"))
            return 0;
        var window = rest[..Math.Min(rest.Length, MaxTextArgument)];
        var close = window.IndexOf('}');
        return close < 0 ? 0 : close;
    }

    /// <summary>
    /// True when what stands between two dollars is words, as in "$5 million, against $7 million", or sentences between a formula's
    /// close and the next one's open where a dollar is missing.
    /// </summary>
    private static bool IsProse(ReadOnlySpan<char> content, ReadOnlySpan<char> after)
    {
        if (content.Length > MaxFormulaWithoutWords && CountWords(content) > MaxWords)
            return true;
        if (content.ContainsAny(_mathOnly))
            return false;
        var startsWithDigit = char.IsAsciiDigit(content[0]);
        if (startsWithDigit && !after.IsEmpty && char.IsAsciiDigit(after[0]) && content.Contains(' '))
            return true;
        return CountWords(content) >= (startsWithDigit ? 1 : 3);
    }

    private static int CountWords(ReadOnlySpan<char> content)
    {
        var words = 0;
        foreach (var range in content.SplitAny(" \n\t"))
        {
            var word = content[range].Trim(",.;:()");
            if (word.Length >= 3 && !word.ContainsAnyExcept(_letters))
                words++;
        }
        return words;
    }
}
