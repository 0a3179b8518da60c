using System.Globalization;
using DailyPapers.Papers;

namespace DailyPapers.Web.Api.Search;

/// <summary>A paper as Hugging Face's <c>GET /api/papers/search</c> lists it, for clients made for that service.</summary>
/// <remarks>Their client reads some fields from <c>paper</c> and some from the item itself, so both have them.</remarks>
internal sealed record HubSearchItem(
    HubPaper Paper,
    string PublishedAt,
    string Title,
    string Summary,
    string? Thumbnail,
    int NumComments,
    string? GithubRepo,
    string? ProjectPage,
    bool IsAuthorParticipating)
{
    public static HubSearchItem Of(Paper paper)
    {
        var published = Instant(new DateTimeOffset(paper.Published.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        var added = Instant(paper.AddedAt);
        var title = Parts.PlainTitle.Of(paper);
        var summary = paper.Abstract ?? paper.Summary ?? "";
        var code = paper.CodeUrl is { } url && url.StartsWith("https://github.com/", StringComparison.Ordinal) ? url : null;
        return new HubSearchItem(
            new HubPaper(
                paper.ArxivId ?? paper.Key,
                paper.Authors.Select((author, place) => new HubAuthor(string.Create(CultureInfo.InvariantCulture, $"{paper.Id:x8}{place:x4}"), author.Name, Hidden: false)).ToList(),
                published, added, title, summary, paper.Upvotes, paper.Key, paper.ProjectUrl, code, paper.Summary, paper.Keywords),
            added, title, summary, Thumbnail: null, NumComments: 0, code, paper.ProjectUrl, IsAuthorParticipating: false);
    }

    private static string Instant(DateTimeOffset when) => when.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

/// <summary>The paper inside an item.</summary>
internal sealed record HubPaper(
    string Id,
    IReadOnlyList<HubAuthor> Authors,
    string PublishedAt,
    string SubmittedOnDailyAt,
    string Title,
    string Summary,
    int Upvotes,
    string DiscussionId,
    string? ProjectPage,
    string? GithubRepo,
    [property: System.Text.Json.Serialization.JsonPropertyName("ai_summary")] string? AiSummary,
    [property: System.Text.Json.Serialization.JsonPropertyName("ai_keywords")] IReadOnlyList<string> AiKeywords);

/// <summary>An author inside a paper.</summary>
internal sealed record HubAuthor([property: System.Text.Json.Serialization.JsonPropertyName("_id")] string Id, string Name, bool Hidden);
