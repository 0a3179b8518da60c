using System.Linq.Expressions;
using DailyPapers.Papers;

namespace DailyPapers.Search.Indexing;

/// <summary>What the index reads of a paper.</summary>
internal sealed record IndexedPaper(
    long Id,
    long ChangeSequence,
    string Key,
    string? ArxivId,
    string? Doi,
    string Title,
    List<Author> Authors,
    string? Summary,
    string? Abstract,
    List<string> Keywords,
    List<string> Categories,
    string? Venue,
    string? Topic,
    DateOnly Published,
    int Upvotes,
    bool HasCode,
    string? LabSlug)
{
    /// <summary>Reads the columns needed and no others.</summary>
    public static Expression<Func<Paper, IndexedPaper>> FromPaper { get; } = p => new IndexedPaper(
        p.Id, p.ChangeSequence, p.Key, p.ArxivId, p.Doi, p.Title, p.Authors, p.Summary, p.Abstract, p.Keywords, p.Categories,
        p.Venue, p.Topic, p.Published, p.Upvotes, p.CodeUrl != null, p.LabSlug);
}
