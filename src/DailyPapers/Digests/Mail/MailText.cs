using System.Globalization;
using System.Text;

namespace DailyPapers.Digests.Mail;

/// <summary>Brings text of papers into the form mails use: one line, mathematics in Unicode, nothing that acts.</summary>
internal static class MailText
{
    /// <summary>
    /// One line without control characters and without marks that reorder what follows them, so that a title can neither
    /// end a header nor change how the text after it reads.
    /// </summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                    line.Append(' ');
            }
            else if (rune != Rune.ReplacementChar && !IsDirectional(rune))
            {
                line.Append(rune.ToString());
            }
        }
        return line.ToString().TrimEnd();
    }

    /// <summary>How long a link holds, as a sentence.</summary>
    public static string Holds(TimeSpan time) => time.TotalHours >= 2
        ? T.Count((long)time.TotalHours, "The link holds for 1 hour.", "The link holds for {0} hours.")
        : T.Count((long)time.TotalMinutes, "The link holds for 1 minute.", "The link holds for {0} minutes.");

    /// <summary>The text cut to at most <paramref name="most"/> characters, after a word, with an ellipsis.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = text.LastIndexOf(' ', most - 1);
        if (end < most / 2)
            end = StartOfElement(text, most - 1);
        return text[..end].TrimEnd(' ', ',', ';', ':', '.') + "…";
    }

    /// <summary>The first sentences, as many whole ones as fit, at most four.</summary>
    public static string Sentences(string text, int most)
    {
        const int MostSentences = 4;
        var end = 0;
        for (var (at, found) = (0, 0); found < MostSentences && at < text.Length && at < most; at++)
        {
            var ends = text[at] is '.' or '!' or '?' && (at + 1 == text.Length || (text[at + 1] == ' ' && StartsSentence(text, at + 2)));
            if (ends)
                (end, found) = (at + 1, found + 1);
        }
        return end > 0 ? text[..end] : Cut(text, most);
    }

    // An abbreviation such as "et al. show" or "e.g. the" goes on in lower case.
    private static bool StartsSentence(string text, int at) => at < text.Length && !char.IsLower(text[at]);

    private static int StartOfElement(string text, int near)
    {
        var starts = StringInfo.ParseCombiningCharacters(text[..Math.Min(text.Length, near + 1)]);
        return starts[^1];
    }

    private static bool IsDirectional(Rune rune) => rune.Value is 0x061C or (>= 0x200E and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
