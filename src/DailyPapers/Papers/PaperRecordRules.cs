namespace DailyPapers.Papers;

/// <summary>The bounds every record must keep, whatever source it came from.</summary>
public static class PaperRecordRules
{
    private const int LongestTitle = 1_000;
    private const int LongestText = 100_000;
    private const int LongestName = 300;
    private const int MostAuthors = 6_000;
    private const int MostTerms = 200;
    private const int LongestTerm = 200;
    private const int LongestUrl = 2_000;

    /// <summary>The first problem of a record, or null when it can be stored.</summary>
    public static FieldProblem? FirstProblem(PaperRecord record)
    {
        if (string.IsNullOrWhiteSpace(record.Title))
            return new("title", T["is empty; every paper needs a title"]);
        return TooLong("title", record.Title, LongestTitle)
            ?? TooLong("abstract", record.Abstract, LongestText)
            ?? TooLong("summary", record.Summary, LongestText)
            ?? TooLong("doi", record.Doi, 256)
            ?? TooLong("venue", record.Venue, LongestTitle)
            ?? TooLong("comment", record.Comment, LongestText)
            ?? TooLong("licence", record.Licence, LongestUrl)
            ?? AuthorProblem(record.Authors)
            ?? TermsProblem("categories", record.Categories)
            ?? TermsProblem("keywords", record.Keywords)
            ?? DateProblem(record)
            ?? UrlProblem("pdf", record.PdfUrl)
            ?? UrlProblem("code", record.CodeUrl)
            ?? UrlProblem("project", record.ProjectUrl);
    }

    private static FieldProblem? TooLong(string field, string? value, int most) => value?.Length > most
        ? new(field, T["has {0:N0} characters; at most {1:N0} are stored", value.Length, most])
        : null;

    private static FieldProblem? AuthorProblem(IReadOnlyList<Author> authors)
    {
        if (authors.Count > MostAuthors)
            return new("authors", T["has {0:N0} names; at most {1:N0} are stored", authors.Count, MostAuthors]);
        for (var i = 0; i < authors.Count; i++)
        {
            var problem = string.IsNullOrWhiteSpace(authors[i].Name)
                ? new FieldProblem($"authors[{i}]", T["is empty; leave it out or give the name"])
                : TooLong($"authors[{i}]", authors[i].Name, LongestName) ?? TooLong($"authors[{i}].affiliation", authors[i].Affiliation, LongestTitle);
            if (problem is not null)
                return problem;
        }
        return null;
    }

    private static FieldProblem? TermsProblem(string field, IReadOnlyList<string> terms)
    {
        if (terms.Count > MostTerms)
            return new(field, T["has {0:N0} entries; at most {1} are stored", terms.Count, MostTerms]);
        for (var i = 0; i < terms.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(terms[i]))
                return new($"{field}[{i}]", T["is empty; leave it out"]);
            if (TooLong($"{field}[{i}]", terms[i], LongestTerm) is { } problem)
                return problem;
        }
        return null;
    }

    private static FieldProblem? DateProblem(PaperRecord record) =>
        record.Published is { } date && (date.Year < 1900 || date.Year > 2100)
            ? new("published", T["is {0:yyyy-MM-dd}; a year from 1900 to 2100 was expected", date])
            : null;

    private static FieldProblem? UrlProblem(string field, string? url)
    {
        if (url is null)
            return null;
        if (url.Length > LongestUrl)
            return TooLong(field, url, LongestUrl);
        return Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp)
            ? null
            : new(field, T["is not an absolute http or https URL"]);
    }
}
