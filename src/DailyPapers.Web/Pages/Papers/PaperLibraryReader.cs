using DailyPapers.Community.Authorship;
using DailyPapers.Community.Collections;
using DailyPapers.Community.Following;
using DailyPapers.Papers;

namespace DailyPapers.Web.Pages.Papers;

/// <summary>Reads what a paper is in a person's library.</summary>
internal sealed class PaperLibraryReader(CollectionReader collections, Follows follows, AuthorshipClaims claims)
{
    private const int MostOfAKind = 12;

    public async Task<PaperLibrary> ReadAsync(long accountId, Paper paper, CancellationToken cancellationToken)
    {
        var own = (await follows.ListAsync(accountId, cancellationToken)).ToDictionary(follow => (follow.Kind, follow.Term), follow => follow.Id);
        var followable = Of(FollowKind.Author, paper.Authors.Select(author => author.Name))
            .Concat(Of(FollowKind.Keyword, paper.Keywords))
            .Concat(Of(FollowKind.Category, paper.Categories))
            .ToList();
        return new PaperLibrary(
            await collections.ChoicesAsync(accountId, paper.Id, cancellationToken), followable, await claims.OnAsync(accountId, paper.Id, cancellationToken));

        IEnumerable<(FollowKind, string, long?)> Of(FollowKind kind, IEnumerable<string> values) => values
            .Where(value => value.Length <= Follow.LongestValue)
            .Take(MostOfAKind)
            .Select(value => (kind, value, own.TryGetValue((kind, FollowTerms.Of(kind, value)), out var id) ? id : (long?)null));
    }
}
