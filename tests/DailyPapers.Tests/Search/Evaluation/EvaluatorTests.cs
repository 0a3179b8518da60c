using DailyPapers.Search.Evaluation;

namespace DailyPapers.Tests.Search.Evaluation;

public sealed class EvaluatorTests : IDisposable
{
    private readonly EvaluationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private JudgedCollection Tiny()
    {
        _folder.Write("tiny/corpus.jsonl",
            """{"_id": "softmax", "title": "The two-pass softmax", "text": "Softmax with a third less memory bandwidth."}""",
            """{"_id": "grasp", "title": "Grasping unknown objects", "text": "Robots grasp objects they never saw."}""",
            """{"_id": "bandit", "title": "Best arm identification", "text": "Bandits with a fixed budget of pulls.", "keywords": ["bandits"]}""",
            """{"_id": "prune", "title": "Pruning networks", "text": "Weights are removed without loss of accuracy."}""");
        _folder.Write("tiny/queries.jsonl",
            """{"_id": "q1", "text": "softmax memory bandwidth"}""",
            """{"_id": "q2", "text": "a robot that grasps objects"}""",
            """{"_id": "q3", "text": "zebra"}""",
            """{"_id": "unjudged", "text": "pruning"}""");
        _folder.Write("tiny/qrels/test.tsv", "query-id\tcorpus-id\tscore", "q1\tsoftmax\t3", "q1\tprune\t0", "q2\tgrasp\t1", "q3\tbandit\t2");
        return BeirFolder.Read(Path.Combine(_folder.Path, "tiny"));
    }

    [Fact]
    public void Systems_answer_a_collection_and_a_query_without_a_hit_counts_with_nothing()
    {
        var work = Directory.CreateDirectory(Path.Combine(_folder.Path, "work")).FullName;
        var heard = new List<EvaluationProgress>();
        var scores = new Evaluator(new EvaluationOptions { BootstrapSamples = 100 }).Evaluate(
            Tiny(), [SearchSystem.Lexical, SearchSystem.FullText, SearchSystem.Semantic(), SearchSystem.Hybrid()], work, new Heard(heard), TestContext.Current.CancellationToken);

        Assert.Equal((4, 4), (scores.DocumentCount, scores.JudgementCount));
        Assert.Equal(["q1", "q2", "q3"], scores.Queries);
        Assert.Equal(["lexical", "fts5", "semantic", "hybrid"], scores.Systems.Select(system => system.System));
        foreach (var system in scores.Systems.Take(2))
        {
            Assert.Equal([1, 1, 0], system.PerQuery[Metric.NdcgAt10]);
            Assert.Equal(2 / 3.0, system.Means[Metric.MrrAt10].Mean, 1e-12);
            Assert.Equal("softmax", system.Run.Rankings["q1"][0].Id);
        }
        Assert.Null(scores.Systems[0].Differences);
        Assert.Equal(new Estimate(0, 0, 0), scores.Systems[1].Differences![Metric.NdcgAt10]);
        Assert.Equal(12, heard.Count(report => report.Asked > 0));
        Assert.Empty(Directory.EnumerateFileSystemEntries(work));
    }

    [Fact]
    public void A_run_that_is_written_and_read_scores_as_the_system_did()
    {
        var collection = Tiny();
        var evaluator = new Evaluator(new EvaluationOptions { BootstrapSamples = 100 });
        var asked = evaluator.Evaluate(collection, [SearchSystem.FullText], _folder.Path, null, TestContext.Current.CancellationToken).Systems[0];
        var file = Path.Combine(_folder.Path, "fts5.run");
        asked.Run.Write(file);
        var read = evaluator.Evaluate("again", collection.Judgements, [TrecRun.Read(file)]);
        Assert.Null(read.DocumentCount);
        Assert.Equal(asked.Means, read.Systems[0].Means);
        Assert.Equal(asked.PerQuery[Metric.AveragePrecision], read.Systems[0].PerQuery[Metric.AveragePrecision]);
    }

    [Fact]
    public void Cancelling_ends_the_evaluation_and_leaves_nothing_behind()
    {
        var work = Directory.CreateDirectory(Path.Combine(_folder.Path, "work")).FullName;
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Evaluator(new EvaluationOptions()).Evaluate(Tiny(), [SearchSystem.FullText], work, null, cancelled.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(work));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"'*:^( OR NOT NEAR")]
    [InlineData("🙂")]
    [InlineData("a:b -c +d {e}")]
    public void No_query_breaks_the_full_text_baseline(string text)
    {
        using var retriever = SearchSystem.FullText.Open(Tiny().Documents, _folder.Path, TestContext.Current.CancellationToken);
        Assert.InRange(retriever.Retrieve(text, 10).Count, 0, 4);
    }

    private sealed class Heard(List<EvaluationProgress> reports) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => reports.Add(value);
    }
}
