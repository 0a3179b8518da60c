namespace DailyPapers.Bench.Community;

/// <summary>What differs between the acknowledged acts and what the service holds and shows afterwards.</summary>
internal static class CommunityComparison
{
    public static async Task<IReadOnlyList<string>> DifferencesAsync(CommunityLog log, string databaseFile, Uri address, IReadOnlyList<string> papers, CancellationToken cancellationToken)
    {
        var expected = CommunityState.After(log.Acts);
        return
        [
            // Only a comment that went can have been the reason for a refusal.
            .. log.Refusals.Where(refusal => !expected.Deleted.Contains(refusal.Comment)).Select(refusal => $"{refusal.Kind} refused, though comment {refusal.Comment} is there"),
            .. StoredState.Differences(databaseFile, papers, expected),
            .. await ShownState.DifferencesAsync(address, papers, expected, cancellationToken),
        ];
    }
}
