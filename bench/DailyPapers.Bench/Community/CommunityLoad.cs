using System.Diagnostics;

namespace DailyPapers.Bench.Community;

/// <summary>Many readers at once.</summary>
internal static class CommunityLoad
{
    private const int SignInsAtOnce = 4;

    /// <summary>Lets readers act, each until <paramref name="goesOn"/> says no to the number of things done; returns the time from the first act to the last.</summary>
    public static async Task<TimeSpan> RunAsync(
        Uri address, IReadOnlyList<string> papers, int readers, int seed, TimeSpan pause, Func<int, TimeSpan, bool> goesOn, CommunityLog log, CancellationToken cancellationToken)
    {
        var discussion = new Discussion();
        var people = Enumerable.Range(0, readers).Select(i => new CommunityReader(address, i, seed, CommunityScene.Email(i), papers, discussion, log)).ToList();
        try
        {
            await Parallel.ForEachAsync(
                people,
                new ParallelOptions { MaxDegreeOfParallelism = SignInsAtOnce, CancellationToken = cancellationToken },
                async (person, token) => await person.SignInAsync(CommunityScene.Password, token));
            var clock = Stopwatch.StartNew();
            await Task.WhenAll(people.Select(person => Task.Run(() => ActAsync(person), cancellationToken)));
            return clock.Elapsed;

            async Task ActAsync(CommunityReader person)
            {
                for (var done = 0; goesOn(done, clock.Elapsed); done++)
                {
                    if (pause > TimeSpan.Zero)
                        await Task.Delay(person.Pause(pause), cancellationToken);
                    await person.ActAsync(cancellationToken);
                }
            }
        }
        finally
        {
            people.ForEach(person => person.Dispose());
        }
    }
}
