using DailyPapers.Papers;
using DailyPapers.Reproductions;

namespace DailyPapers.Cli.Output;

/// <summary>A paper as <c>--json</c> prints it.</summary>
internal sealed record PaperDocument(
    string Key,
    string? ArxivId,
    int? ArxivVersion,
    string? Doi,
    string Title,
    IReadOnlyList<Author> Authors,
    string Published,
    string? Venue,
    string? Summary,
    string? Abstract,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Keywords,
    string? Code,
    string? Project,
    int Upvotes,
    bool Withdrawn,
    IReadOnlyList<PaperVersion> Versions,
    string? Verdict,
    float? Score = null)
{
    public static PaperDocument Of(Paper paper, ReproductionView? reproduction = null, float? score = null) => new(
        paper.Key,
        paper.ArxivId,
        paper.ArxivVersion,
        paper.Doi,
        paper.Title,
        paper.Authors,
        paper.PublishedIso(),
        paper.Venue,
        paper.Summary,
        paper.Abstract,
        paper.Categories,
        paper.Keywords,
        paper.CodeUrl,
        paper.ProjectUrl,
        paper.Upvotes,
        paper.IsWithdrawn,
        paper.Versions,
        reproduction is null ? null : VerdictText.Of(reproduction.Result.Verdict),
        score);
}
