using System.Globalization;
using System.Text;

namespace DailyPapers.Papers;

/// <summary>Writes a paper as a BibTeX entry in UTF-8, as biber and current BibTeX styles read it.</summary>
public static class BibTex
{
    private static readonly string[] SkippedWords = ["a", "an", "the", "on", "of", "for", "in", "to", "and", "with", "is", "are", "how", "why"];

    /// <summary>The entry, ending in a line break.</summary>
    public static string Entry(Paper paper)
    {
        var entry = new StringBuilder();
        entry.Append("@misc{").Append(CitationKey(paper)).Append(",\n");
        // The braces keep capitals that a style would lower.
        Append(entry, "title", "{" + Protect(paper.Title) + "}");
        if (paper.Authors.Count > 0)
            Append(entry, "author", string.Join(" and ", paper.Authors.Select(author => Protect(author.Name))));
        Append(entry, "year", paper.Published.Year.ToString(CultureInfo.InvariantCulture));
        if (paper.ArxivId is { } arxivId)
        {
            Append(entry, "eprint", arxivId);
            Append(entry, "archivePrefix", "arXiv");
            if (paper.Categories.FirstOrDefault() is { } primary)
                Append(entry, "primaryClass", Protect(primary));
            Append(entry, "url", $"https://arxiv.org/abs/{arxivId}");
        }
        if (paper.Doi is { } doi)
            Append(entry, "doi", Protect(doi));
        if (paper.Venue is { } venue)
            Append(entry, "note", Protect(venue));
        return entry.Append("}\n").ToString();
    }

    private static void Append(StringBuilder entry, string field, string value) =>
        entry.Append("  ").Append(field.PadRight(13)).Append(" = {").Append(value).Append("},\n");

    private static string CitationKey(Paper paper)
    {
        var family = paper.Authors.FirstOrDefault()?.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "anonymous";
        var word = paper.Title.Split([' ', '-', ':', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(Fold)
            .FirstOrDefault(candidate => candidate.Length > 1 && !SkippedWords.Contains(candidate)) ?? "paper";
        return Fold(family) + paper.Published.Year.ToString(CultureInfo.InvariantCulture) + word;
    }

    private static string Fold(string text)
    {
        var folded = text.Normalize(NormalizationForm.FormKD).Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant);
        return string.Concat(folded);
    }

    // Mathematics stays TeX. Outside it TeX's own signs are escaped, and braces are balanced so that no text can end the field.
    private static string Protect(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        var inMath = false;
        var dollars = text.Count(c => c == '$');
        var open = 0;
        foreach (var character in text)
        {
            switch (character)
            {
                case '$' when dollars % 2 == 0:
                    inMath = !inMath;
                    result.Append('$');
                    break;
                case '$' or '%' or '&' or '#' or '_' when !inMath:
                    result.Append('\\').Append(character);
                    break;
                case '{':
                    open++;
                    result.Append('{');
                    break;
                case '}' when open == 0:
                    break;
                case '}':
                    open--;
                    result.Append('}');
                    break;
                case '\r' or '\n':
                    result.Append(' ');
                    break;
                default:
                    result.Append(character);
                    break;
            }
        }
        return result.Append('}', open).ToString();
    }
}
