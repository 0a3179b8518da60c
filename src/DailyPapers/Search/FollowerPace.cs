namespace DailyPapers.Search;

/// <summary>
/// Followers of the database rest nine times as long as they worked, half a second at most: one change is followed at once,
/// and while hundreds vote, what follows their votes takes a tenth of a processor instead of all that the voters leave.
/// </summary>
internal static class FollowerPace
{
    private const int RestPerWork = 9;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(500);

    /// <summary>Rests after work that began at the timestamp <paramref name="began"/>.</summary>
    public static Task RestAsync(long began, TimeProvider time, CancellationToken cancellationToken)
    {
        var rest = time.GetElapsedTime(began) * RestPerWork;
        return rest > TimeSpan.Zero ? Task.Delay(rest < LongestRest ? rest : LongestRest, time, cancellationToken) : Task.CompletedTask;
    }
}
