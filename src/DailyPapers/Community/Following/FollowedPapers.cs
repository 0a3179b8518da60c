using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Search;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Following;

/// <summary>
/// The newest papers of what a person follows. The search index names candidates and <see cref="FollowTerms"/> decides, so
/// that the page, the feed and notifications agree.
/// </summary>
public sealed class FollowedPapers(Follows follows, PaperSearch search, IDbContextFactory<PapersDb> contexts)
{
    /// <summary>The newest papers, each once with all that is followed about it.</summary>
    public async Task<IReadOnlyList<FollowedPaper>> ReadAsync(long accountId, int most, CancellationToken cancellationToken)
    {
        var own = await follows.ListAsync(accountId, cancellationToken);
        var found = new Dictionary<long, Paper>();
        foreach (var follow in own)
        {
            var results = await search.SearchAsync(RequestFor(follow) with { PageSize = Math.Min(most, 100) }, cancellationToken);
            foreach (var hit in results.Hits)
                found[hit.Paper.Id] = hit.Paper;
        }
        var matching = found.Values
            .Select(paper => (Paper: paper, Because: Because(own, paper)))
            .Where(match => match.Because.Count > 0)
            .OrderByDescending(match => match.Paper.Published).ThenByDescending(match => match.Paper.AddedAt).ThenByDescending(match => match.Paper.Id)
            .Take(most)
            .ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var listed = await db.ListAsync(matching.ConvertAll(match => (match.Paper, (DateOnly?)null)), cancellationToken);
        return matching.Select((match, i) => new FollowedPaper(listed[i], match.Because)).ToList();
    }

    private static List<Follow> Because(IReadOnlyList<Follow> follows, Paper paper)
    {
        var terms = FollowTerms.Of(paper);
        return follows.Where(follow => terms.Contains((follow.Kind, follow.Term))).ToList();
    }

    private static SearchRequest RequestFor(Follow follow)
    {
        var newest = new SearchRequest { Sort = SearchSort.Newest, Mode = SearchMode.Lexical, Exact = true };
        return follow.Kind switch
        {
            FollowKind.Author => newest with { Text = $"author:\"{follow.Value.Replace('"', ' ')}\"" },
            FollowKind.Keyword => newest with { Text = $"keyword:\"{follow.Value.Replace('"', ' ')}\"" },
            _ => newest with { Category = follow.Value },
        };
    }
}
