using System.Buffers;
using System.Globalization;
using System.Text;
using Lucene.Net.Analysis.Miscellaneous;

namespace DailyPapers.Search.Text;

/// <summary>
/// Where words begin and end, and which spellings count as one: the same rules for index, query and highlighting.
/// Letters, digits and marks make a word, with inner apostrophes and decimal points; <c>C++</c> and <c>C#</c> stay whole;
/// every Chinese or Japanese character is a word of its own, since nothing separates the words of these scripts.
/// </summary>
internal static class Words
{
    /// <summary>The most characters that <see cref="Normalise(ReadOnlySpan{char}, Span{char})"/> writes for a word.</summary>
    public const int LongestSpelling = 256;

    private const int Longest = 64;

    /// <summary>Finds the first word at or after <paramref name="position"/> and moves the position past it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Where to look from; at first 0.</param>
    /// <param name="previousEnd">The end of the word before, or -1 when there was none.</param>
    /// <param name="word">The word found.</param>
    public static bool TryNext(ReadOnlySpan<char> text, ref int position, int previousEnd, out Word word)
    {
        while (position < text.Length)
        {
            var kind = KindAt(text, position, out var length);
            if (kind is Kind.Other)
            {
                position += length;
                continue;
            }
            var start = position;
            position += length;
            if (kind is Kind.Letter)
                position = EndOfWord(text, start, position);
            word = new Word(start, position, IsJoined(text, previousEnd, start));
            return true;
        }
        word = default;
        return false;
    }

    /// <summary>The words of a text in their one spelling.</summary>
    public static List<string> In(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        int position = 0, end = -1;
        while (TryNext(text, ref position, end, out var word))
        {
            end = word.End;
            if (Normalise(text[word.Start..word.End]) is { Length: > 0 } spelling)
                words.Add(spelling);
        }
        return words;
    }

    /// <summary>The one spelling of a word: lower case, without accents, apostrophes and a possessive ending; letters styled for mathematics become plain.</summary>
    public static string Normalise(ReadOnlySpan<char> word)
    {
        Span<char> spelling = stackalloc char[LongestSpelling];
        return spelling[..Normalise(word, spelling)].ToString();
    }

    /// <summary>Writes the one spelling of a word and returns its length; 0 when nothing is left of it.</summary>
    public static int Normalise(ReadOnlySpan<char> word, Span<char> spelling)
    {
        if (!Ascii.IsValid(word))
            word = Fold(word.ToString());
        var length = 0;
        foreach (var character in WithoutPossessive(word))
        {
            if (!IsApostrophe(character) && length < LongestSpelling)
                spelling[length++] = char.ToLowerInvariant(character);
        }
        return length;
    }

    /// <summary>True for a word of a script that puts nothing between its words, where each character is one.</summary>
    public static bool IsIdeograph(string word) => word.Length > 0 && KindAt(word, 0, out var length) is Kind.Ideograph && length == word.Length;

    private static int EndOfWord(ReadOnlySpan<char> text, int start, int position)
    {
        while (position < text.Length && position - start < Longest)
        {
            var kind = KindAt(text, position, out var length);
            if (kind is Kind.Letter || (kind is Kind.Other && Connects(text, position)))
                position += length;
            else
                break;
        }
        return position - start == 1 ? EndOfLanguageName(text, position) : position;
    }

    private static int EndOfLanguageName(ReadOnlySpan<char> text, int position)
    {
        var suffix = text[position..].StartsWith("++") ? 2 : text[position..].StartsWith("#") ? 1 : 0;
        if (suffix is 0 || !char.IsAsciiLetter(text[position - 1]))
            return position;
        var after = position + suffix;
        return after < text.Length && KindAt(text, after, out _) is not Kind.Other ? position : after;
    }

    // An apostrophe between letters or a point between digits does not end a word.
    private static bool Connects(ReadOnlySpan<char> text, int position)
    {
        if (position + 1 >= text.Length)
            return false;
        char before = text[position - 1], here = text[position], after = text[position + 1];
        return here is '.'
            ? char.IsAsciiDigit(before) && char.IsAsciiDigit(after)
            : IsApostrophe(here) && char.IsLetter(before) && char.IsLetter(after);
    }

    private static bool IsJoined(ReadOnlySpan<char> text, int previousEnd, int start) =>
        previousEnd >= 0 && (start == previousEnd || (start == previousEnd + 1 && IsHyphen(text[previousEnd])));

    private static bool IsHyphen(char character) => character is '-' or '\u2010' or '\u2011' or '\u2013';

    private static bool IsApostrophe(char character) => character is '\'' or '\u2019' or '\u02BC';

    private static ReadOnlySpan<char> WithoutPossessive(ReadOnlySpan<char> word) =>
        word.Length > 2 && word[^1] is 's' or 'S' && IsApostrophe(word[^2]) ? word[..^2] : word;

    private static string Fold(string word)
    {
        if (ContainsLoneSurrogate(word))
            return word;
        var marked = word.Normalize(NormalizationForm.FormKD);
        var plain = new StringBuilder(marked.Length);
        foreach (var character in marked)
        {
            if (character is < '\u0300' or > '\u036F')
                plain.Append(character);
        }
        // What decomposition leaves (ø, ł, ß, æ) has an ASCII spelling by convention.
        var folded = plain.ToString().Normalize(NormalizationForm.FormC).ToCharArray();
        var ascii = new char[folded.Length * 4];
        var length = ASCIIFoldingFilter.FoldToASCII(folded, 0, ascii, 0, folded.Length);
        return new string(ascii, 0, length);
    }

    private static bool ContainsLoneSurrogate(string word)
    {
        foreach (var rune in word.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
                return true;
        }
        return false;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int position, out int length)
    {
        var character = text[position];
        if (char.IsAscii(character))
        {
            length = 1;
            return char.IsAsciiLetterOrDigit(character) ? Kind.Letter : Kind.Other;
        }
        if (Rune.DecodeFromUtf16(text[position..], out var rune, out length) is not OperationStatus.Done)
            return Kind.Other;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.OtherLetter when IsIdeographic(rune.Value) => Kind.Ideograph,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
                or UnicodeCategory.OtherNumber => Kind.Letter,
            _ => Kind.Other,
        };
    }

    private static bool IsIdeographic(int value) =>
        value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private enum Kind
    {
        Other,
        Letter,
        Ideograph,
    }
}
