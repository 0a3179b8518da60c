using DailyPapers.Community.Reading;

namespace DailyPapers.Web.Security;

/// <summary>Where the signed-in person is with the papers of a page, read once a request.</summary>
internal static class ReadingStatesOfRequest
{
    private static readonly object Key = new();
    private static readonly IReadOnlyDictionary<long, ReadingState> None = new Dictionary<long, ReadingState>();

    /// <summary>Reads the states of the papers a page is about to show.</summary>
    public static async Task LoadReadingStatesAsync(this HttpContext context, IReadOnlyCollection<long> paperIds)
    {
        if (context.AccountId() is { } account)
        {
            context.Items[Key] = await context.RequestServices.GetRequiredService<ReadingList>()
                .StatesAsync(account, paperIds, context.RequestAborted);
        }
    }

    /// <summary>What <see cref="LoadReadingStatesAsync"/> read; empty for an anonymous visitor.</summary>
    public static IReadOnlyDictionary<long, ReadingState> ReadingStates(this HttpContext context) =>
        context.Items[Key] as IReadOnlyDictionary<long, ReadingState> ?? None;
}
