using System.Globalization;
using DailyPapers.Papers;

namespace DailyPapers.Web.Api.Search;

/// <summary>A paper as the API gives it.</summary>
internal sealed record ApiPaper(
    string Key,
    string Url,
    string? ArxivId,
    string? Doi,
    string Title,
    IReadOnlyList<string> Authors,
    string Published,
    string? Venue,
    string? Summary,
    string? Abstract,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Keywords,
    string? Code,
    int Upvotes)
{
    public static ApiPaper Of(Paper paper) => new(
        paper.Key,
        Parts.PaperLink.To(paper),
        paper.ArxivId,
        paper.Doi,
        paper.Title,
        paper.Authors.ConvertAll(author => author.Name),
        PublishedText(paper),
        paper.Venue,
        paper.Summary,
        paper.Abstract,
        paper.Categories,
        paper.Keywords,
        paper.CodeUrl,
        paper.Upvotes);

    private static string PublishedText(Paper paper) => paper.Published.ToString(
        paper.PublishedPrecision switch { DatePrecision.Year => "yyyy", DatePrecision.Month => "yyyy-MM", _ => "yyyy-MM-dd" }, CultureInfo.InvariantCulture);
}
