using System.CommandLine;
using DailyPapers.Storage;

namespace DailyPapers.Bench.Community;

/// <summary>The <c>community</c> command.</summary>
internal static class CommunityCommand
{
    private const int Listed = 20;

    public static Command Create()
    {
        var clients = new Option<int>("--clients") { Description = "Readers at once, each signed in.", DefaultValueFactory = _ => 200 };
        var seconds = new Option<int>("--seconds") { Description = "How long they act.", DefaultValueFactory = _ => 60 };
        var warmUp = new Option<int>("--warm-up") { Description = "Seconds of acting before the measurement; what is done in them counts for the comparison.", DefaultValueFactory = _ => 10 };
        var pause = new Option<int>("--pause") { Description = "Mean milliseconds a reader waits before each act; 0 asks as fast as the service answers.", DefaultValueFactory = _ => 1000 };
        var papers = new Option<int>("--papers") { Description = "Papers they act on, some more often than others.", DefaultValueFactory = _ => 100 };
        var seed = new Option<int>("--seed") { Description = "Other seed, other choices.", DefaultValueFactory = _ => 1 };
        var command = new Command("community", "Lets many readers vote, comment, react and delete at once, and compares what the service holds and shows afterwards with what it acknowledged.")
        {
            BenchOptions.Data, clients, seconds, warmUp, pause, papers, seed,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Machine.Print();
            using var folder = new BenchFolder(arguments.GetValue(BenchOptions.Data));
            IReadOnlyList<string> addresses;
            await using (var bench = await BenchData.OpenAsync(folder.Directory, cancellationToken))
                addresses = await CommunityScene.MakeAsync(bench.Services, arguments.GetValue(clients), arguments.GetValue(papers), cancellationToken);
            using var service = await ServiceProcess.StartAsync(folder.Directory, cancellationToken);

            var log = new CommunityLog();
            var (warm, length) = (TimeSpan.FromSeconds(arguments.GetValue(warmUp)), TimeSpan.FromSeconds(arguments.GetValue(warmUp) + arguments.GetValue(seconds)));
            var (skipped, processor, gate) = (-1, TimeSpan.Zero, new Lock());
            var elapsed = await CommunityLoad.RunAsync(
                service.Address, addresses, arguments.GetValue(clients), arguments.GetValue(seed), TimeSpan.FromMilliseconds(arguments.GetValue(pause)), GoesOn, log, cancellationToken);
            Print(log, skipped, elapsed - warm, service.ProcessorTime - processor);

            var differences = await CommunityComparison.DifferencesAsync(log, new DataDirectory(folder.Directory.FullName).DatabaseFile, service.Address, addresses, cancellationToken);
            PrintComparison(log, differences);
            Machine.Print();
            return log.Failures.Count == 0 && differences.Count == 0 ? 0 : 1;

            bool GoesOn(int done, TimeSpan passed)
            {
                lock (gate)
                {
                    if (skipped < 0 && passed >= warm)
                        (skipped, processor) = (log.Times.Count, service.ProcessorTime);
                }
                return passed < length;
            }
        });
        return command;
    }

    private static void Print(CommunityLog log, int skipped, TimeSpan elapsed, TimeSpan processor)
    {
        var times = log.Times.Skip(Math.Max(0, skipped)).ToList();
        Console.WriteLine(Machine.Invariant($"{times.Count:N0} requests in {elapsed.TotalSeconds:F1} s: {times.Count / elapsed.TotalSeconds:F0}/s, the service used {processor / elapsed:F2} processors"));
        Console.WriteLine(Machine.Invariant($"{"all",-8} {Times.OfOnce(times.Select(time => time.Milliseconds))} ms"));
        foreach (var same in times.GroupBy(time => time.Kind).OrderBy(same => same.Key))
            Console.WriteLine(Machine.Invariant($"{same.Key,-8} {Times.OfOnce(same.Select(time => time.Milliseconds))} ms, {same.Count():N0} requests"));
    }

    private static void PrintComparison(CommunityLog log, IReadOnlyList<string> differences)
    {
        Console.WriteLine(Machine.Invariant($"{log.Acts.Count:N0} acts acknowledged, {log.Refusals.Count:N0} refused since the comment was gone, {log.Failures.Count:N0} other answers"));
        foreach (var same in log.Failures.GroupBy(failure => failure.Split(" from ")[0]))
            Console.WriteLine(Machine.Invariant($"  {same.Key}, {same.Count():N0} times, such as {same.First()}"));
        Console.WriteLine(differences.Count == 0
            ? "database and pages hold what was acknowledged, and nothing else"
            : Machine.Invariant($"{differences.Count:N0} differences between what was acknowledged and what is there:"));
        foreach (var difference in differences.Take(Listed))
            Console.WriteLine("  " + difference);
    }
}
