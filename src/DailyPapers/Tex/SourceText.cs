using System.Globalization;
using System.Text;

namespace DailyPapers.Tex;

/// <summary>Makes untrusted text safe to parse: what is left can stand in XML and shows what it says.</summary>
internal static class SourceText
{
    /// <summary>More marks than any script stacks on one letter; longer stacks are an attack on layout and on normalisation.</summary>
    private const int MaxCombiningMarks = 6;

    /// <summary>
    /// Removes control characters (except tab and line ends), lone surrogates, non-characters, bidirectional overrides,
    /// invisible tag characters and excess combining marks.
    /// </summary>
    internal static string Clean(string source)
    {
        var firstBad = FirstSuspect(source);
        if (firstBad < 0)
            return source;
        var clean = new StringBuilder(source.Length).Append(source, 0, firstBad);
        var marks = 0;
        foreach (var rune in source.AsSpan(firstBad).EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                marks = 0;
                if (rune.Value >= ' ' && rune.Value != 0x7F || rune.Value is '\n' or '\r' or '\t')
                    clean.Append((char)rune.Value);
                continue;
            }
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks <= MaxCombiningMarks && IsVisible(rune, category))
                clean.Append(rune.ToString());
        }
        return clean.ToString();
    }

    /// <summary>Composes to NFC; <paramref name="clean"/> must come from <see cref="Clean"/>, since lone surrogates make normalisation throw.</summary>
    internal static string Compose(string clean) =>
        Ascii.IsValid(clean) || clean.IsNormalized() ? clean : clean.Normalize();

    private static int FirstSuspect(string source)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c < ' ' ? c is not ('\n' or '\r' or '\t') : c is >= '\u007F' and (< '\u00A0' or >= '\u0300'))
                return i;
        }
        return -1;
    }

    private static bool IsVisible(Rune rune, UnicodeCategory category) => category switch
    {
        UnicodeCategory.Control => false,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        // Joiners are spelling in several scripts and in emoji; every other format character only hides or reorders text.
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D,
        // U+FFFD stands for what EnumerateRunes could not read; the other values are Unicode's non-characters.
        _ => rune.Value is not (0xFFFD or >= 0xFDD0 and <= 0xFDEF) && (rune.Value & 0xFFFE) != 0xFFFE,
    };
}
