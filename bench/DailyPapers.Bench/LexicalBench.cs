using DailyPapers.Search.Indexing;
using DailyPapers.Search.Queries;
using DailyPapers.Search.Retrieval;

namespace DailyPapers.Bench;

/// <summary>Times the finding of the twenty best papers by words alone, from the text of the query to their identities.</summary>
internal static class LexicalBench
{
    public const int Hits = 20;

    public static async Task RunAsync(BenchData bench, List<(string Kind, List<BenchQuery> Queries)> kinds, CancellationToken cancellationToken)
    {
        using var table = FullTextTable.Open(bench.Directory);
        using var xapian = await XapianProcess.StartAsync(bench, cancellationToken);
        var retrieval = new LexicalRetrieval(new QueryCompiler(new FieldBoosts()));
        using var lease = bench.Get<PaperIndex>().Acquire()!;
        Console.WriteLine($"\nwords: the best {Hits} of {lease.Searcher.IndexReader.NumDocs:N0} papers in {lease.Searcher.IndexReader.Leaves.Count} segments, milliseconds (ratios are our time to theirs)");
        // Until all code is compiled for speed, whatever kind comes first.
        foreach (var query in Enumerable.Repeat(kinds, 3).SelectMany(all => all).SelectMany(kind => kind.Queries))
            retrieval.Best(lease.Searcher, QueryParser.Parse(query.Text), filter: null, Hits);
        foreach (var (kind, queries) in kinds)
        {
            var ours = Times.Of(queries, query => retrieval.Best(lease.Searcher, QueryParser.Parse(query.Text), filter: null, Hits));
            var (line, suffix) = (Machine.Invariant($"{kind,-18} {queries.Count,4} queries: ours {ours}"), "");
            if (xapian is not null)
            {
                var theirs = await xapian.TimeAsync(queries, cancellationToken);
                line += $" | Xapian {theirs}";
                suffix += Machine.Invariant($" | to Xapian p50 {ours.Median / theirs.Median:F2} p99 {ours.P99 / theirs.P99:F2}");
            }
            var full = Times.Of(queries, query => table.Search(query.Match, Hits));
            line += $" | FTS5 {full}";
            suffix += Machine.Invariant($" | to FTS5 p50 {ours.Median / full.Median:F2} p99 {ours.P99 / full.P99:F2}");
            Console.WriteLine(line + suffix);
        }
    }
}
