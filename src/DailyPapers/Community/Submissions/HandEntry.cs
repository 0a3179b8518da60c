using DailyPapers.Papers;
using DailyPapers.Sources;

namespace DailyPapers.Community.Submissions;

/// <summary>A paper as a person types it in.</summary>
/// <param name="Title">The title; mathematics as TeX between dollar signs.</param>
/// <param name="Authors">The authors, one a line.</param>
/// <param name="Abstract">The abstract, if any.</param>
/// <param name="Identifier">An arXiv identifier or DOI, if any.</param>
/// <param name="Url">Where it can be read, if anywhere.</param>
public sealed record HandEntry(string Title, string Authors, string? Abstract, string? Identifier, string? Url)
{
    internal const int LongestTitle = 500;
    internal const int LongestAuthors = 4_000;
    internal const int LongestAbstract = 10_000;

    /// <summary>The source of papers that were typed in.</summary>
    public const string Source = "submission";

    /// <summary>Turns it into a record, or says what is wrong and how to mend it.</summary>
    internal (PaperRecord? Record, string? Problem) Read()
    {
        var title = FieldText.TexLine(Title);
        if (title is null || title.Length > LongestTitle)
            return (null, T["The title has {0} characters; give it 1 to {1}.", title?.Length ?? 0, LongestTitle]);
        if (Authors.Length > LongestAuthors || AuthorList() is not { Count: > 0 and <= 200 } authors)
            return (null, T["The authors are missing or too many; give one name a line, at most 200 and {0:N0} characters.", LongestAuthors]);
        var text = string.IsNullOrWhiteSpace(Abstract) ? null : FieldText.TexLine(Abstract);
        if (text?.Length > LongestAbstract)
            return (null, T["The abstract has {0:N0} characters; shorten it to {1:N0}.", text.Length, LongestAbstract]);
        PaperReference? reference = null;
        if (!string.IsNullOrWhiteSpace(Identifier) && !PaperReference.TryParse(Identifier, out reference))
            return (null, T["The identifier is neither an arXiv identifier nor a DOI; correct it or leave it out."]);
        var record = new PaperRecord
        {
            Source = Source,
            Arxiv = reference?.Arxiv is { } id ? new ArxivId(id.Id) : null,
            Doi = reference?.Doi,
            Title = title,
            Authors = authors,
            Abstract = text,
            ProjectUrl = string.IsNullOrWhiteSpace(Url) ? null : Url.Trim(),
        };
        return PaperRecordRules.FirstProblem(record) is { } problem ? (null, $"{problem.Field} {problem.Reason}.") : (record, null);
    }

    private List<Author> AuthorList() =>
        [.. Authors.Split('\n').Select(FieldText.TexLine).OfType<string>().Select(name => new Author { Name = name })];
}
