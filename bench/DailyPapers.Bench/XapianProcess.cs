using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Bench;

/// <summary>The same papers in Xapian, in a Python process of its own (<c>xapian_search.py</c>).</summary>
internal sealed class XapianProcess : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;

    private XapianProcess(Process process) => _process = process;

    /// <summary>Starts Xapian and, where the data directory has no index of its yet, lets it build one; null, with the reason printed, without Xapian.</summary>
    public static async Task<XapianProcess?> StartAsync(BenchData bench, CancellationToken cancellationToken)
    {
        if (!File.Exists(Python) || !await CanImportAsync(cancellationToken))
        {
            Console.WriteLine($"Xapian is left out: '{Python}' cannot import xapian (Debian's package is python3-xapian).");
            return null;
        }
        var xapian = new XapianProcess(Start(Path.Combine(AppContext.BaseDirectory, "xapian_search.py")));
        try
        {
            await xapian.PrepareAsync(bench, cancellationToken);
            return xapian;
        }
        catch
        {
            xapian.Dispose();
            throw;
        }
    }

    public async Task<Times> TimeAsync(List<BenchQuery> queries, CancellationToken cancellationToken)
    {
        var asked = new { rounds = Times.Rounds, queries = queries.Select(query => new { words = query.Words, phrase = query.IsPhrase }) };
        var rounds = await AskAsync(JsonSerializer.Serialize(asked), cancellationToken);
        return Times.OfRounds(rounds.Deserialize<double[][]>()!);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();
        _process.Dispose();
    }

    private async Task PrepareAsync(BenchData bench, CancellationToken cancellationToken)
    {
        await using var db = await bench.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(cancellationToken);
        var papers = db.Papers.AsNoTracking();
        var folder = Path.Combine(bench.Directory.Root, "xapian");
        var greeting = await AskAsync(JsonSerializer.Serialize(new { index = folder, papers = await papers.CountAsync(cancellationToken) }), cancellationToken);
        Console.WriteLine($"Xapian {greeting["version"]}: English stems of title, abstract and keywords; its times are those of get_mset alone");
        if (greeting["exists"]!.GetValue<bool>())
            return;
        var clock = Stopwatch.StartNew();
        await foreach (var paper in papers.OrderBy(p => p.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var text = $"{paper.Title}\n{paper.Abstract}\n{string.Join(", ", paper.Keywords)}";
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { id = paper.Id, text }).AsMemory(), cancellationToken);
        }
        await AnswerAsync(cancellationToken);
        Console.WriteLine(Machine.Invariant($"Xapian indexed them in {clock.Elapsed.TotalSeconds:F1} s"));
    }

    private async Task<JsonNode> AskAsync(string line, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        return await AnswerAsync(cancellationToken);
    }

    private async Task<JsonNode> AnswerAsync(CancellationToken cancellationToken)
    {
        await _process.StandardInput.FlushAsync(cancellationToken);
        var answer = await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("Xapian's process has ended; its message is above.");
        return JsonNode.Parse(answer)!;
    }

    private static async Task<bool> CanImportAsync(CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import xapian"]) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0;
    }

    private static Process Start(string script) => Process.Start(new ProcessStartInfo(Python, [script])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
}
