using System.Diagnostics;

namespace DailyPapers.Search.Evaluation;

/// <summary>Asks search systems the queries of judged collections and measures their answers.</summary>
public sealed class Evaluator(EvaluationOptions options)
{
    /// <summary>Evaluates systems on a collection, one after the other.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="systems">The systems; the first is what the others are compared with.</param>
    /// <param name="workFolder">A folder for what the systems store; each gets a folder of its own in it, deleted at the end.</param>
    /// <param name="progress">Hears how far it is, or null.</param>
    /// <param name="cancellationToken">Ends the evaluation between two queries.</param>
    public CollectionScores Evaluate(
        JudgedCollection collection, IReadOnlyList<SearchSystem> systems, string workFolder, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        var queries = collection.JudgedQueries.ToList();
        var runs = new List<(TrecRun Run, TimeSpan? MedianTime)>();
        foreach (var system in systems)
        {
            progress?.Report(new EvaluationProgress(collection.Name, system.Name, 0, queries.Count));
            var folder = Directory.CreateDirectory(Path.Combine(workFolder, $"{collection.Name}-{system.Name}"));
            try
            {
                using var retriever = system.Open(collection.Documents, folder.FullName, cancellationToken);
                runs.Add(Ask(collection.Name, system, retriever, queries, progress, cancellationToken));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
        return Score(collection.Name, collection.Documents.Count, [.. queries.Select(query => query.Id)], collection.Judgements, runs);
    }

    /// <summary>Evaluates runs, made by whatever system, on all judged queries.</summary>
    /// <param name="name">What to call the result.</param>
    /// <param name="judgements">The grades.</param>
    /// <param name="runs">The runs; the first is what the others are compared with.</param>
    public CollectionScores Evaluate(string name, Judgements judgements, IReadOnlyList<TrecRun> runs) =>
        Score(name, null, judgements.QueryIds, judgements, [.. runs.Select(run => (run, (TimeSpan?)null))]);

    private (TrecRun Run, TimeSpan? MedianTime) Ask(
        string collection, SearchSystem system, IRetriever retriever, List<JudgedQuery> queries, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        var rankings = new Dictionary<string, IReadOnlyList<RankedDocument>>(StringComparer.Ordinal);
        var times = new List<TimeSpan>(queries.Count);
        foreach (var query in queries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            rankings.Add(query.Id, retriever.Retrieve(query.Text, options.Depth));
            times.Add(Stopwatch.GetElapsedTime(started));
            progress?.Report(new EvaluationProgress(collection, system.Name, times.Count, queries.Count));
        }
        times.Sort();
        return (new TrecRun(system.Name, rankings), times[times.Count / 2]);
    }

    private CollectionScores Score(
        string name, int? documentCount, IReadOnlyList<string> queries, Judgements judgements, List<(TrecRun Run, TimeSpan? MedianTime)> runs)
    {
        var bootstrap = new PairedBootstrap(queries.Count, options.BootstrapSamples, options.Seed);
        var systems = new List<SystemScores>();
        foreach (var (run, medianTime) in runs)
        {
            var perQuery = Enum.GetValues<Metric>().ToDictionary(metric => metric, metric => Measure(metric, run, queries, judgements));
            var means = perQuery.ToDictionary(entry => entry.Key, entry => bootstrap.Mean(entry.Value));
            var differences = systems.Count == 0
                ? null
                : perQuery.ToDictionary(entry => entry.Key, entry => bootstrap.Difference(entry.Value, systems[0].PerQuery[entry.Key]));
            systems.Add(new SystemScores(run.Tag, run, perQuery, means, differences, medianTime));
        }
        return new CollectionScores(name, documentCount, queries, queries.Sum(id => judgements.Of(id).Count), systems);
    }

    private IReadOnlyList<double> Measure(Metric metric, TrecRun run, IReadOnlyList<string> queries, Judgements judgements) =>
        [.. queries.Select(id => RankingMetrics.Of(metric, Ids(run, id), judgements.Of(id), options.RelevantFrom))];

    private static IReadOnlyList<string> Ids(TrecRun run, string queryId) =>
        run.Rankings.TryGetValue(queryId, out var ranking) ? [.. ranking.Select(hit => hit.Id)] : [];
}
