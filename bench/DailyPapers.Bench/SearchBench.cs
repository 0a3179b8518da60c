using System.Diagnostics;
using System.Globalization;
using DailyPapers.Papers;
using DailyPapers.Search;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Bench;

/// <summary>How fast searches answer, and how well they find what is known to be there.</summary>
internal static class SearchBench
{
    private const int Hits = 20;
    private const int Seed = 20260101;

    public static async Task RunAsync(BenchData bench, int count, CancellationToken cancellationToken)
    {
        var papers = await SampleAsync(bench, count, cancellationToken);
        using var table = FullTextTable.Open(bench.Directory);
        var search = bench.Get<PaperSearch>();

        LexicalBench.Run(bench, papers);
        await FindKnownAsync(search, papers, cancellationToken);
        foreach (var (kind, queries) in QueriesOf(papers))
            await CompareAsync(kind, queries, search, table, cancellationToken);
    }

    private static async Task<List<Paper>> SampleAsync(BenchData bench, int count, CancellationToken cancellationToken)
    {
        await using var db = await bench.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(cancellationToken);
        var ids = await db.Papers.Where(p => p.Abstract != null).OrderBy(p => p.Id).Select(p => p.Id).ToArrayAsync(cancellationToken);
        new Random(Seed).Shuffle(ids);
        var chosen = ids.Take(count).ToArray();
        var papers = await db.Papers.AsNoTracking().Where(p => EF.Parameter(chosen).Contains(p.Id)).ToListAsync(cancellationToken);
        return papers.Where(p => p.Authors.Count > 0).ToList();
    }

    private static IEnumerable<(string Kind, List<(string Ours, string Theirs)> Queries)> QueriesOf(List<Paper> papers)
    {
        var random = new Random(Seed);
        var words = papers.Select(p => ContentWords(p.Title + " " + p.Abstract)).Where(w => w.Length >= 8).ToList();
        yield return ("three words, any", words.Select(w => random.GetItems(w, 3)).Select(w => (string.Join(" OR ", w) + " ", string.Join(" OR ", w.Select(Quoted)))).ToList());
        yield return ("three words, all", words.Select(w => random.GetItems(w, 3)).Select(w => (string.Join(' ', w) + " ", string.Join(" AND ", w.Select(Quoted)))).ToList());
        yield return ("phrase of two", papers.Select(p => AllWords(p.Abstract!)).Where(w => w.Length > 4).Select(w => (Words: w, At: random.Next(w.Length - 2)))
            .Select(x => Quoted(x.Words[x.At] + " " + x.Words[x.At + 1])).Select(q => (q, q)).ToList());
        yield return ("prefix", words.Select(w => random.GetItems(w, 1)[0]).Select(w => w[..Math.Min(4, w.Length)]).Select(w => (w + "*", Quoted(w) + "*")).ToList());
    }

    private static async Task CompareAsync(
        string kind, List<(string Ours, string Theirs)> queries, PaperSearch search, FullTextTable table, CancellationToken cancellationToken)
    {
        foreach (var (ours, theirs) in queries.Take(50))
        {
            await search.SearchAsync(new SearchRequest { Text = ours, PageSize = Hits }, cancellationToken);
            table.Search(theirs, Hits);
        }
        List<double> oursTook = [], theirsTook = [];
        var (ourCpu, theirCpu) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var (ours, theirs) in queries)
        {
            var cpu = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            await search.SearchAsync(new SearchRequest { Text = ours, PageSize = Hits }, cancellationToken);
            oursTook.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            ourCpu += Environment.CpuUsage.TotalTime - cpu;
            cpu = Environment.CpuUsage.TotalTime;
            started = Stopwatch.GetTimestamp();
            table.Search(theirs, Hits);
            theirsTook.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            theirCpu += Environment.CpuUsage.TotalTime - cpu;
        }
        var (p50, p99, their50, their99) = (At(oursTook, 0.5), At(oursTook, 0.99), At(theirsTook, 0.5), At(theirsTook, 0.99));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kind,-18} {queries.Count,4} queries: p50 {p50:F2} ms, p99 {p99:F2} ms, cpu {ourCpu.TotalMilliseconds / queries.Count:F2} ms | FTS5 p50 {their50:F2} ms, p99 {their99:F2} ms, cpu {theirCpu.TotalMilliseconds / queries.Count:F2} ms | ratio p50 {p50 / their50:F2}, p99 {p99 / their99:F2}"));
    }

    private static async Task FindKnownAsync(PaperSearch search, List<Paper> papers, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        await FindKnownAsync("whole title", papers, p => p.Title, search, cancellationToken);
        await FindKnownAsync("three title words", papers, p => Pick(ContentWords(p.Title), 3, random), search, cancellationToken);
        await FindKnownAsync("half the title", papers, p => string.Join(' ', AllWords(p.Title).Take((AllWords(p.Title).Length + 1) / 2)), search, cancellationToken);
        await FindKnownAsync("author and word", papers, p => p.Authors[^1].Name.Split(' ')[^1] + " " + Pick(ContentWords(p.Title), 1, random), search, cancellationToken);
        await FindKnownAsync("five abstract words", papers, p => Pick(ContentWords(p.Abstract!), 5, random), search, cancellationToken);
        await FindKnownAsync("title and wrong word", papers, p => Pick(ContentWords(p.Title), 3, random) + " zebrafish", search, cancellationToken);
    }

    private static async Task FindKnownAsync(string kind, List<Paper> papers, Func<Paper, string> queryOf, PaperSearch search, CancellationToken cancellationToken)
    {
        double reciprocal = 0;
        int first = 0, ten = 0, asked = 0;
        foreach (var paper in papers)
        {
            var query = queryOf(paper);
            if (query.Length == 0)
                continue;
            asked++;
            var results = await search.SearchAsync(new SearchRequest { Text = query[..Math.Min(query.Length, SearchRequest.LongestText)], PageSize = 10 }, cancellationToken);
            var place = results.Hits.Select(h => h.Paper.Id).ToList().IndexOf(paper.Id);
            if (place < 0)
                continue;
            ten++;
            first += place == 0 ? 1 : 0;
            reciprocal += 1.0 / (place + 1);
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"known item by {kind,-21}: first {100.0 * first / asked:F1} %, in ten {100.0 * ten / asked:F1} %, MRR {reciprocal / asked:F3}"));
    }

    private static string Pick(string[] words, int count, Random random)
    {
        var picked = words.Distinct().ToArray();
        random.Shuffle(picked);
        return string.Join(' ', picked.Take(count));
    }

    private static string[] AllWords(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('.', ',', ':', ';', '(', ')', '"', '“', '”', '?', '!')).Where(w => w.Length > 0 && w.All(char.IsAsciiLetter)).ToArray();

    private static string[] ContentWords(string text) => AllWords(text).Where(w => w.Length >= 4).Select(w => w.ToLowerInvariant()).ToArray();

    private static string Quoted(string words) => $"\"{words}\"";

    private static double At(List<double> times, double share) => times.Order().ElementAt((int)Math.Min(times.Count - 1, share * times.Count));
}
