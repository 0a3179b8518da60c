using System.Globalization;
using System.Text.Json;
using DailyPapers.Papers;

namespace DailyPapers.Sources.HuggingFace;

/// <summary>A paper of a daily list, with who submitted it and when.</summary>
/// <param name="Record">The paper.</param>
/// <param name="Submitter">The submitter's name; null when the list does not say.</param>
/// <param name="SubmittedAt">When the paper was submitted to the list.</param>
internal sealed record DailyListItem(PaperRecord Record, string? Submitter, DateTimeOffset? SubmittedAt)
{
    // The column's bound; names there may be longer.
    private const int LongestSubmitter = 80;

    /// <summary>
    /// Reads an item. The paper's fields stand in <c>paper</c>, and some of them only, or also, beside it. The summary
    /// that the service's model wrote is somebody else's text and is not taken.
    /// </summary>
    public static DailyListItem Read(JsonElement item)
    {
        var paper = item.Member("paper") ?? item;
        string? Either(string name) => FieldText.Line(paper.Text(name) ?? item.Text(name));
        var idText = Either("id");
        if (!ArxivId.TryParse(idText, out var id))
            throw new FieldProblemException("id", $"is '{idText}'; an arXiv identifier like 2001.04438 was expected");
        var keywords = paper.Items("ai_keywords").Concat(item.Items("ai_keywords"));
        var record = new PaperRecord
        {
            Source = HuggingFaceClient.Source,
            Arxiv = id,
            Title = FieldText.TexLine(paper.Text("title") ?? item.Text("title")) ?? "",
            Authors = [.. paper.Items("authors").Select(Author).OfType<Author>()],
            Abstract = FieldText.TexLine(paper.Text("summary") ?? item.Text("summary")),
            Keywords = [.. keywords.Select(Keyword).OfType<string>().Distinct()],
            // The item's own publishedAt may be the time of submission.
            Published = paper.Text("publishedAt") is { } published ? DateOnly.FromDateTime(SourceDates.Instant("publishedAt", published).UtcDateTime) : null,
            CodeUrl = Link(Either("githubRepo")),
            ProjectUrl = Link(Either("projectPage")),
            HuggingFaceUpvotes = (paper.Number("upvotes") ?? item.Number("upvotes")) is { } upvotes and >= 0 ? upvotes : null,
        };
        var submitter = paper.Member("submittedOnDailyBy") ?? item.Member("submittedOnDailyBy") ?? item.Member("submittedBy");
        return new DailyListItem(record, submitter is { } user ? NameOf(user) : null, SubmissionTime(paper, item));
    }

    private static Author? Author(JsonElement author) => FieldText.TexLine(author.Text("name")) is { } name ? new Author { Name = name } : null;

    private static string? Keyword(JsonElement keyword) =>
        keyword.ValueKind is JsonValueKind.String ? FieldText.Line(keyword.GetString())?.ToLowerInvariant() : null;

    private static string? NameOf(JsonElement user)
    {
        var name = FieldText.Line(user.Text("fullname")) ?? FieldText.Line(user.Text("user")) ?? FieldText.Line(user.Text("name"));
        if (name is null || name.Length <= LongestSubmitter)
            return name;
        var end = char.IsHighSurrogate(name[LongestSubmitter - 2]) ? LongestSubmitter - 2 : LongestSubmitter - 1;
        return name[..end] + "…";
    }

    private static DateTimeOffset? SubmissionTime(JsonElement paper, JsonElement item) =>
        (paper.Text("submittedOnDailyAt") ?? item.Text("submittedOnDailyAt")) is { } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;

    /// <summary>A link that is none is left out: it is an ornament of the paper, not the paper.</summary>
    private static string? Link(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) ? text : null;
}
