using DailyPapers.Search;
using DailyPapers.Search.Embedding;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Queries;
using DailyPapers.Search.Ranking;
using DailyPapers.Search.Semantic;

namespace DailyPapers.Bench;

/// <summary>
/// Times the search by words and meaning: the ranking, with the embedding of the query, and the whole answer, for which
/// papers are read from the database and marked.
/// </summary>
internal static class HybridBench
{
    // Fewer than the answers that the search remembers.
    private const int Remembered = 100;

    public static async Task RunAsync(BenchData bench, List<(string Kind, List<BenchQuery> Queries)> kinds, CancellationToken cancellationToken)
    {
        var search = bench.Get<PaperSearch>();
        var hybrid = new HybridSearch(new QueryCompiler(new FieldBoosts()), new RankingWeights(), TimeProvider.System);
        using var lease = bench.Get<PaperIndex>().Acquire()!;
        using var meaning = bench.Get<SemanticIndex>().Acquire()!;
        Console.WriteLine($"\nwords and meaning: {meaning.Vectors.Count:N0} vectors, milliseconds");
        foreach (var (kind, queries) in kinds)
        {
            var embedding = await Times.OfAsync(queries, async query => await EmbedAsync(meaning.Model, QueryParser.Parse(query.Text), cancellationToken));
            var ranking = await Times.OfAsync(queries, async query =>
            {
                var parsed = QueryParser.Parse(query.Text);
                if (await EmbedAsync(meaning.Model, parsed, cancellationToken) is { } question)
                    hybrid.Rank(lease.Searcher, parsed, filter: null, meaning.Vectors, question, SearchMode.Hybrid, explain: false);
            });
            // Answers are remembered: a page of another size is another question of about the same work, whose papers have been read.
            var asked = 0;
            var whole = await Times.OfAsync(queries, async query =>
                await search.SearchAsync(new SearchRequest { Text = query.Text, PageSize = LexicalBench.Hits + Times.Rounds - (asked++ / queries.Count) }, cancellationToken));
            var again = await Times.OfAsync([.. queries.Take(Remembered)], async query =>
                await search.SearchAsync(new SearchRequest { Text = query.Text, PageSize = LexicalBench.Hits }, cancellationToken));
            Console.WriteLine(Machine.Invariant($"{kind,-18} {queries.Count,4} queries: embedding {embedding} | embedding and ranking {ranking} | whole answer {whole} | asked again {again}"));
        }
    }

    private static async ValueTask<float[]?> EmbedAsync(EmbeddingModel model, SearchQuery query, CancellationToken cancellationToken) =>
        HybridSearch.MeaningOf(query) is { } text ? await model.EmbedQueryAsync(text, cancellationToken) : null;
}
