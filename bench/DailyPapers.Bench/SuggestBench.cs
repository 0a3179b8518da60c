using System.Diagnostics;
using DailyPapers.Papers;
using DailyPapers.Search.Suggesting;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Bench;

/// <summary>How fast suggestions come, how well they find what is being typed, and what they take of memory.</summary>
internal static class SuggestBench
{
    private const int Seed = 20260101;
    private const int Limit = 8;

    public static async Task RunAsync(BenchData bench, int count, CancellationToken cancellationToken)
    {
        var suggestions = bench.Get<PaperSuggestions>();
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        var bytes = suggestions.Prepare();
        Console.WriteLine(Machine.Invariant(
            $"suggestions: read of the index in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms, {bytes / 1e6:F1} MB by count, {(GC.GetTotalMemory(forceFullCollection: true) - managed) / 1e6:F1} MB of managed memory more"));

        var papers = await SampleAsync(bench, count, cancellationToken);
        var random = new Random(Seed);
        await TimeAsync("a title, every key", suggestions, papers.Take(40).SelectMany(p => Keys(p.Title)), cancellationToken);
        await TimeAsync("one letter", suggestions, Enumerable.Range('a', 26).SelectMany(c => Enumerable.Repeat(((char)c).ToString(), 4)), cancellationToken);
        await TimeAsync("two letters", suggestions, papers.Select(p => p.Title[..Math.Min(2, p.Title.Length)]), cancellationToken);
        await TimeAsync("beginnings of words", suggestions, papers.Select(p => Beginnings(p.Title, random)), cancellationToken);
        await TimeAsync("a typing error", suggestions, papers.Select(p => Typo.In(Beginnings(p.Title, random), random).Text), cancellationToken);
        await TimeAsync("a person, every key", suggestions, papers.Take(40).SelectMany(p => Keys(p.Authors[0].Name)), cancellationToken);

        await FindAsync("its first 20 letters", suggestions, papers, p => p.Title[..Math.Min(20, p.Title.Length)], cancellationToken);
        await FindAsync("the beginnings of three words", suggestions, papers, p => Beginnings(p.Title, random), cancellationToken);
        await FindAsync("the same with an error", suggestions, papers, p => Typo.In(Beginnings(p.Title, random), random).Text, cancellationToken);
    }

    internal static async Task<List<Paper>> SampleAsync(BenchData bench, int count, CancellationToken cancellationToken)
    {
        await using var db = await bench.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(cancellationToken);
        var ids = await db.Papers.OrderBy(p => p.Id).Select(p => p.Id).ToArrayAsync(cancellationToken);
        new Random(Seed).Shuffle(ids);
        var chosen = ids.Take(count).ToArray();
        var papers = await db.Papers.AsNoTracking().Where(p => EF.Parameter(chosen).Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        return papers.Where(p => p.Authors.Count > 0 && BenchWords.Content(p.Title).Length >= 3).ToList();
    }

    private static IEnumerable<string> Keys(string text) => Enumerable.Range(2, Math.Max(0, Math.Min(text.Length, 40) - 1)).Select(length => text[..length]);

    // Five letters each of three words, in their order.
    private static string Beginnings(string title, Random random)
    {
        var words = BenchWords.Content(title);
        var places = Enumerable.Range(0, words.Length).ToArray();
        random.Shuffle(places);
        return string.Join(' ', places.Take(3).Order().Select(place => words[place][..Math.Min(5, words[place].Length)]));
    }

    private static async Task TimeAsync(string kind, PaperSuggestions suggestions, IEnumerable<string> typed, CancellationToken cancellationToken)
    {
        var texts = typed.ToList();
        foreach (var text in texts.Take(200))
            await suggestions.SuggestAsync(text, Limit, cancellationToken);
        var took = new List<double>();
        var empty = 0;
        var cpu = Environment.CpuUsage.TotalTime;
        foreach (var text in texts)
        {
            var started = Stopwatch.GetTimestamp();
            var found = await suggestions.SuggestAsync(text, Limit, cancellationToken);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            empty += found.Count == 0 ? 1 : 0;
        }
        var times = Times.OfOnce(took);
        Console.WriteLine(Machine.Invariant(
            $"{kind,-20} {texts.Count,5} texts: p50 {times.Median:F2} ms, p99 {times.P99:F2} ms, cpu {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / texts.Count:F2} ms, {100.0 * empty / texts.Count:F1} % without suggestion"));
    }

    private static async Task FindAsync(string kind, PaperSuggestions suggestions, List<Paper> papers, Func<Paper, string> typed, CancellationToken cancellationToken)
    {
        int first = 0, any = 0;
        foreach (var paper in papers)
        {
            var found = await suggestions.SuggestAsync(typed(paper), Limit, cancellationToken);
            var place = found.Where(s => s.Paper is not null).Select(s => s.Paper!.Id).ToList().IndexOf(paper.Id);
            first += place == 0 ? 1 : 0;
            any += place >= 0 ? 1 : 0;
        }
        Console.WriteLine(Machine.Invariant(
            $"a paper by {kind,-30}: suggested for {100.0 * any / papers.Count:F1} %, first among papers for {100.0 * first / papers.Count:F1} %"));
    }
}
