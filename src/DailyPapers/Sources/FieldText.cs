using System.Globalization;
using System.Text;
using DailyPapers.Tex;

namespace DailyPapers.Sources;

/// <summary>Brings text of sources into the form in which it is stored.</summary>
internal static class FieldText
{
    /// <summary>One line: control characters and runs of white space become one space. Null when nothing is left.</summary>
    public static string? Line(string? text)
    {
        if (text is null)
            return null;
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                    line.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.OtherNotAssigned)
            {
                // Unpaired surrogates have become U+FFFD in the enumeration.
                line.Append(rune);
            }
        }
        if (line.Length > 0 && line[^1] == ' ')
            line.Length--;
        return line.Length == 0 ? null : line.ToString();
    }

    /// <summary>The beginning of that line, at most <paramref name="longest"/> characters of it.</summary>
    public static string? ShortLine(string? text, int longest) => Line(text) is { } line ? line[..Math.Min(line.Length, longest)] : null;

    /// <summary>One line with TeX accents decoded and mathematics left as TeX.</summary>
    public static string? TexLine(string? text) => text is null ? null : Line(TexAccents.Decode(text));
}
