using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DailyPapers.Storage;
using DailyPapers.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Bench;

/// <summary>The <c>http</c> command: the real service in this process, loaded by <c>wrk</c>, which shares its processors.</summary>
internal static class HttpCommand
{
    public static Command Create()
    {
        var connections = new Option<int>("--connections") { Description = "Connections kept alive, each with one request at a time.", DefaultValueFactory = _ => 16 };
        var seconds = new Option<int>("--seconds") { Description = "How long each kind of query is asked.", DefaultValueFactory = _ => 8 };
        var warmUp = new Option<int>("--warm-up") { Description = "Seconds of load before the first measurement.", DefaultValueFactory = _ => 15 };
        var command = new Command("http", "Prints how many searches a second the service answers over HTTP. Needs wrk.") { BenchOptions.Corpus, BenchOptions.Data, BenchOptions.Queries, BenchOptions.Questions, BenchOptions.Kinds, connections, warmUp, seconds };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Machine.Print();
            using var folder = new BenchFolder(arguments.GetValue(BenchOptions.Data));
            await ImportBench.EnsureAsync(folder.Directory, arguments.GetRequiredValue(BenchOptions.Corpus), buildAnew: false, cancellationToken);
            List<(string Kind, List<BenchQuery> Queries)> kinds;
            await using (var bench = await BenchData.OpenAsync(folder.Directory, cancellationToken))
                kinds = QuerySample.Kinds(await QuerySample.PapersAsync(bench, arguments.GetValue(BenchOptions.Queries), cancellationToken), arguments);
            await ServeAsync(folder.Directory, kinds, arguments.GetValue(connections), arguments.GetValue(warmUp), arguments.GetValue(seconds), cancellationToken);
            Machine.Print();
        });
        return command;
    }

    private static async Task ServeAsync(DirectoryInfo folder, List<(string Kind, List<BenchQuery> Queries)> kinds, int connections, int warmUp, int seconds, CancellationToken cancellationToken)
    {
        var directory = new DataDirectory(folder.FullName);
        await using var service = PapersService.Build(directory, [new("Urls", "http://127.0.0.1:0"), new("Logging:LogLevel:Default", "Warning")]);
        await PapersService.PrepareAsync(service.Services, cancellationToken);
        await service.StartAsync(cancellationToken);
        await WaitForVectorsAsync(service, cancellationToken);
        Console.WriteLine($"\nhybrid searches over HTTP, {connections} connections kept alive; the client runs on the same {Environment.ProcessorCount} processors");
        var run = 0;
        // The runtime compiles what is called often once more for speed, which takes as long as a new service has a burst of visitors.
        await LoadAsync(service.Urls.First(), [.. kinds.SelectMany(kind => kind.Queries)], run++, connections, warmUp, cancellationToken);
        foreach (var (kind, queries) in kinds)
        {
            var cpu = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            var figures = await LoadAsync(service.Urls.First(), queries, run++, connections, seconds, cancellationToken);
            Console.WriteLine(Machine.Invariant($"{kind,-18} {figures}; the service used {(Environment.CpuUsage.TotalTime - cpu) / clock.Elapsed:F2} processors"));
        }
        Console.WriteLine(Machine.Resident);
        await service.StopAsync(cancellationToken);
    }

    private static async Task WaitForVectorsAsync(WebApplication service, CancellationToken cancellationToken)
    {
        var search = service.Services.GetRequiredService<Search.PaperSearch>();
        var vectors = service.Services.GetRequiredService<Search.Semantic.SemanticIndex>();
        while (vectors.Count == 0 || !(await search.StatusAsync(cancellationToken)).IsUpToDate)
            await Task.Delay(100, cancellationToken);
    }

    private static async Task<string> LoadAsync(string url, List<BenchQuery> queries, int run, int connections, int seconds, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, queries.Select(query => Uri.EscapeDataString(query.Text)), cancellationToken);
            using var wrk = Process.Start(new ProcessStartInfo(
                "wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "10s", "-s", Path.Combine(AppContext.BaseDirectory, "search.lua"), url])
            {
                RedirectStandardOutput = true,
                Environment = { ["PAPERS_QUERIES"] = file, ["PAPERS_RUN"] = run.ToString(CultureInfo.InvariantCulture) },
            })!;
            var said = await wrk.StandardOutput.ReadToEndAsync(cancellationToken);
            await wrk.WaitForExitAsync(cancellationToken);
            return said.Split('\n').LastOrDefault(line => line.StartsWith("answers", StringComparison.Ordinal)) ?? throw new InvalidOperationException($"wrk failed: {said}");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
