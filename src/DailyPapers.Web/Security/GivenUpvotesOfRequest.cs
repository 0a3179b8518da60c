using DailyPapers.Community.Upvotes;

namespace DailyPapers.Web.Security;

/// <summary>Which papers of a page the signed-in person has upvoted, and saved or read, read once a request.</summary>
internal static class GivenUpvotesOfRequest
{
    private static readonly object Key = new();
    private static readonly IReadOnlySet<long> None = new HashSet<long>();

    /// <summary>Reads the upvotes, and the reading list's states, for the papers a page is about to show.</summary>
    public static async Task LoadGivenUpvotesAsync(this HttpContext context, IEnumerable<long> paperIds)
    {
        if (context.AccountId() is { } account)
        {
            var ids = paperIds.ToList();
            context.Items[Key] = await context.RequestServices.GetRequiredService<Upvoting>()
                .GivenAsync(account, ids, context.RequestAborted);
            await context.LoadReadingStatesAsync(ids);
        }
    }

    /// <summary>What <see cref="LoadGivenUpvotesAsync"/> read; empty for an anonymous visitor.</summary>
    public static IReadOnlySet<long> GivenUpvotes(this HttpContext context) => context.Items[Key] as IReadOnlySet<long> ?? None;
}
