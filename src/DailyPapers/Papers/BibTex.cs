using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace DailyPapers.Papers;

/// <summary>Writes a paper as a BibTeX entry in UTF-8, as biber and current BibTeX styles read it.</summary>
public static class BibTex
{
    private static readonly string[] SkippedWords = ["a", "an", "the", "on", "of", "for", "in", "to", "and", "with", "is", "are", "how", "why"];

    // Accents, letters and emphasis, as titles and names have them.
    private static readonly FrozenSet<string> TextCommands = FrozenSet.Create(
        "c", "v", "u", "H", "k", "r", "b", "d", "t", "i", "j", "o", "O", "l", "L", "ss", "ae", "AE", "oe", "OE", "aa", "AA",
        "emph", "textit", "textbf", "textsc", "texttt", "textrm", "textsuperscript", "textsubscript");

    // What reads or writes files, or changes what TeX's signs mean.
    private static readonly FrozenSet<string> ReachingCommands = FrozenSet.Create(
        "input", "include", "includegraphics", "openin", "openout", "read", "write", "immediate", "special", "directlua", "catcode",
        "csname", "endcsname", "def", "edef", "gdef", "xdef", "let", "futurelet", "newcommand", "renewcommand", "expandafter",
        "scantokens", "usepackage", "jobname", "loop", "begingroup", "endgroup", "end");

    /// <summary>The entry, ending in a line break.</summary>
    public static string Entry(Paper paper) => Entry(paper, CitationKey(paper));

    /// <summary>The entries of several papers; a key that would come again gets a letter, then a number, so that no two are the same.</summary>
    public static string Entries(IEnumerable<Paper> papers)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        var entries = new StringBuilder();
        foreach (var paper in papers)
        {
            var key = CitationKey(paper);
            var unique = key;
            for (var again = 1; !given.Add(unique); again++)
                unique = key + (again < 26 ? ((char)('a' + again)).ToString() : again.ToString(CultureInfo.InvariantCulture));
            entries.Append(Entry(paper, unique));
        }
        return entries.ToString();
    }

    private static string Entry(Paper paper, string key)
    {
        var entry = new StringBuilder();
        entry.Append("@misc{").Append(key).Append(",\n");
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

    // Mathematics stays TeX, and so do accents and emphasis outside it. Every other sign of TeX's own is escaped, and braces
    // are balanced, so that no text can end the field or make TeX do anything but set it.
    private static string Protect(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        var hasMath = text.Count(c => c == '$') % 2 == 0;
        var inMath = false;
        var open = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            switch (character)
            {
                case '$' when hasMath:
                    inMath = !inMath;
                    result.Append('$');
                    break;
                case '\\' when i + 1 < text.Length && text[i + 1] is '{' or '}':
                    var side = text[++i] is '{' ? "left" : "right";
                    result.Append(inMath ? $"\\{side[0]}brace " : $"\\textbrace{side}{{}}");
                    break;
                case '\\':
                    var command = CommandAt(text, i + 1);
                    result.Append(Keeps(command, inMath) ? $"\\{command}" : inMath ? $"\\backslash {command}" : $"\\textbackslash{{}}{command}");
                    i += command.Length;
                    break;
                case '$' or '%' or '&' or '#' or '_' when !inMath:
                case '%' or '#':
                    result.Append('\\').Append(character);
                    break;
                case '^' when inMath && i + 1 < text.Length && text[i + 1] is '^':
                    // Two in a row would spell any sign by its number.
                    result.Append("^{}");
                    break;
                case '~' or '^' when !inMath:
                    result.Append('\\').Append(character).Append("{}");
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

    // A control word, a control sign, or nothing.
    private static string CommandAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        return end > start || end == text.Length || text[end] is '\\' or '\r' or '\n' ? text[start..end] : text[start..(end + 1)];
    }

    private static bool Keeps(string command, bool inMath) => command.Length > 0
        && (char.IsAsciiLetter(command[0])
            ? inMath ? !ReachingCommands.Contains(command) : TextCommands.Contains(command)
            : "\"'`^~=.&%$#_-,;:! ".Contains(command, StringComparison.Ordinal));
}
