using System.Text.RegularExpressions;
using DailyPapers.Papers;

namespace DailyPapers.Sources.Arxiv;

/// <summary>
/// Takes apart arXiv's author line, as in <c>A. Author (1 and 2), B. Author (MIT) and C. Author, for the X Collaboration
/// ((1) CERN, (2) Univ. of Y)</c>: affiliations in parentheses, by number or in words, and the list of the numbers at the end.
/// </summary>
/// <remarks>The conventions: https://info.arxiv.org/help/prep.html#author.</remarks>
internal static partial class AuthorList
{
    /// <summary>The authors in order; never fails, since any text is somebody's name.</summary>
    /// <param name="line">The line; accents decoded.</param>
    public static List<Author> Parse(string? line)
    {
        if (FieldText.Line(line) is not { } text)
            return [];
        var items = Split(text);
        var numbered = items.SelectMany(item => item.Groups).Where(group => group.StartsWith('(')).SelectMany(NumberedAffiliations)
            .GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.First().Value);
        var authors = new List<Author>();
        foreach (var (name, groups) in items)
        {
            if (name.Length == 0 || EtAl().IsMatch(name))
                continue;
            if (Suffix().IsMatch(name) && authors.Count > 0)
            {
                authors[^1] = authors[^1] with { Name = $"{authors[^1].Name} {name}" };
                continue;
            }
            var affiliation = Affiliation(groups, numbered);
            authors.AddRange(Names(name).Select(single => new Author { Name = single, Affiliation = affiliation }));
        }
        return authors;
    }

    /// <summary>Splits at commas, semicolons and "and" outside parentheses; each part with its parenthesised groups.</summary>
    private static List<(string Name, List<string> Groups)> Split(string text)
    {
        var parts = new List<(string, List<string>)>();
        var name = new System.Text.StringBuilder();
        var groups = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '(':
                    var end = ClosingOf(text, i);
                    groups.Add(text[(i + 1)..Math.Min(end, text.Length)].Trim());
                    i = end;
                    break;
                case ',' or ';':
                    Finish();
                    break;
                default:
                    if (text[i] is ' ' && StartsWithAnd(text, i + 1, out var length))
                    {
                        Finish();
                        i += length;
                    }
                    else
                    {
                        name.Append(text[i]);
                    }
                    break;
            }
        }
        Finish();
        return parts;

        void Finish()
        {
            var trimmed = FieldText.Line(name.ToString()) ?? "";
            if (trimmed.StartsWith("and ", StringComparison.OrdinalIgnoreCase))
                trimmed = trimmed[4..].Trim();
            if (trimmed.Length > 0 || groups.Count > 0)
                parts.Add((trimmed.Trim(' ', ':'), groups));
            name.Clear();
            groups = [];
        }
    }

    private static bool StartsWithAnd(string text, int at, out int length)
    {
        length = text.AsSpan(at).StartsWith("and ", StringComparison.OrdinalIgnoreCase) ? 4
            : text.AsSpan(at).StartsWith("& ", StringComparison.Ordinal) ? 2
            : 0;
        return length > 0;
    }

    /// <summary>The place of the parenthesis that closes the one at <paramref name="open"/>, or the end of the text.</summary>
    private static int ClosingOf(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] is '(')
                depth++;
            else if (text[i] is ')' && --depth == 0)
                return i;
        }
        return text.Length;
    }

    /// <summary>Reads <c>(1) CERN, (2) Univ. of Y</c>.</summary>
    private static IEnumerable<KeyValuePair<string, string>> NumberedAffiliations(string group)
    {
        var labels = Label().Matches(group);
        for (var i = 0; i < labels.Count; i++)
        {
            var start = labels[i].Index + labels[i].Length;
            var end = i + 1 < labels.Count ? labels[i + 1].Index : group.Length;
            var affiliation = group[start..end].Trim(' ', ',', ';', '.');
            if (affiliation.EndsWith(" and", StringComparison.OrdinalIgnoreCase))
                affiliation = affiliation[..^4].TrimEnd(' ', ',', ';');
            if (affiliation.Length > 0)
                yield return new(labels[i].Groups[1].Value, affiliation);
        }
    }

    private static string? Affiliation(List<string> groups, Dictionary<string, string> numbered)
    {
        var named = new List<string>();
        foreach (var group in groups.Where(group => group.Length > 0 && !group.StartsWith('(')))
        {
            if (References().IsMatch(group))
                named.AddRange(Reference().Matches(group).Select(label => numbered.GetValueOrDefault(label.Value)).OfType<string>());
            else if (!EtAl().IsMatch(group))
                named.Add(group);
        }
        return named.Count == 0 ? null : string.Join("; ", named.Distinct());
    }

    /// <summary>One name, or a person and the collaboration the person writes for.</summary>
    private static IEnumerable<string> Names(string name)
    {
        var match = OnBehalf().Match(name);
        if (!match.Success)
        {
            yield return name;
            yield break;
        }
        if (match.Groups["person"].Value.Trim() is { Length: > 0 } person)
            yield return person;
        yield return match.Groups["group"].Value.Trim();
    }

    [GeneratedRegex(@"^(?:Jr|Sr|[JS]r\.|II|III|IV|Ph\.?D\.?|M\.?D\.?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"^et\.? al\.?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EtAl();

    [GeneratedRegex(@"\(\s*([0-9]{1,3}|[a-z*†‡§])\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"^(?:[0-9]{1,3}|[a-z*†‡§])(?:\s*(?:,|;|and|&)?\s*(?:[0-9]{1,3}|[a-z*†‡§])\b)*$", RegexOptions.CultureInvariant)]
    private static partial Regex References();

    [GeneratedRegex(@"[0-9]{1,3}|\b[a-z]\b|[*†‡§]", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(?<person>.*?)\b(?:for|on behalf of) the (?<group>.+ (?:Collaboration|Collaborations|Consortium|Team|Group))$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OnBehalf();
}
