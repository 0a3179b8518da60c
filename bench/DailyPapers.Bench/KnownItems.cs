using DailyPapers.Papers;
using DailyPapers.Search;

namespace DailyPapers.Bench;

/// <summary>How well papers are found by pieces of their own text: a check that what is fast is right.</summary>
internal static class KnownItems
{
    private const int Seed = 20260101;
    private const int Depth = 10;

    public static async Task FindAsync(BenchData bench, List<Paper> papers, CancellationToken cancellationToken)
    {
        var search = bench.Get<PaperSearch>();
        var random = new Random(Seed);
        Console.WriteLine("\npapers looked for by pieces of their own text");
        foreach (var (kind, queryOf) in new (string, Func<Paper, string>)[]
        {
            ("whole title", p => p.Title),
            ("three title words", p => BenchWords.Pick(BenchWords.Content(p.Title), 3, random)),
            ("half the title", p => string.Join(' ', BenchWords.All(p.Title).Take((BenchWords.All(p.Title).Length + 1) / 2))),
            ("author and word", p => p.Authors[^1].Name.Split(' ')[^1] + " " + BenchWords.Pick(BenchWords.Content(p.Title), 1, random)),
            ("five abstract words", p => BenchWords.Pick(BenchWords.Content(p.Abstract!), 5, random)),
            ("title and wrong word", p => BenchWords.Pick(BenchWords.Content(p.Title), 3, random) + " zebrafish"),
        })
        {
            var asked = papers.Select(paper => (paper.Id, Query: queryOf(paper))).Where(x => x.Query.Length > 0).ToList();
            var parts = new List<string>();
            foreach (var mode in new[] { SearchMode.Lexical, SearchMode.Semantic, SearchMode.Hybrid })
                parts.Add(await FindAsync(search, asked, mode, cancellationToken));
            Console.WriteLine($"{kind,-21} {string.Join(" | ", parts)}");
        }
    }

    private static async Task<string> FindAsync(PaperSearch search, List<(long Id, string Query)> asked, SearchMode mode, CancellationToken cancellationToken)
    {
        double reciprocal = 0;
        var first = 0;
        foreach (var (id, query) in asked)
        {
            var text = query[..Math.Min(query.Length, SearchRequest.LongestText)];
            var results = await search.SearchAsync(new SearchRequest { Text = text, PageSize = Depth, Mode = mode }, cancellationToken);
            var place = results.Hits.ToList().FindIndex(hit => hit.Paper.Id == id);
            first += place == 0 ? 1 : 0;
            reciprocal += place < 0 ? 0 : 1.0 / (place + 1);
        }
        return Machine.Invariant($"{mode}: first {100.0 * first / asked.Count:F1} %, MRR@{Depth} {reciprocal / asked.Count:F3}");
    }
}
