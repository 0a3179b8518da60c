using DailyPapers.Embedding;
using DailyPapers.Lab.Retrieval;

namespace DailyPapers.Lab.Tests.Retrieval;

public sealed class RetrievalFiguresTests
{
    private static readonly RetrievalDocument Nothing = new(null, "");

    [Fact]
    public void Figures_follow_their_definitions()
    {
        var task = new RetrievalTask("t", [.. Enumerable.Repeat(Nothing, 200)], [new RetrievalQuery("first", [0, 2]), new RetrievalQuery("late", [149])]);
        // Descending scores: document i has rank i + 1.
        var figures = RetrievalFigures.Measure(task, (_, scores) =>
        {
            for (var i = 0; i < scores.Length; i++)
                scores[i] = -i;
        }, new ParallelOptions());
        var ideal = 1 + (1 / Math.Log2(3));
        Assert.Equal((1 + (1 / Math.Log2(4))) / ideal / 2, figures.Ndcg10, 1e-9);
        Assert.Equal((1 + (1 / 150.0)) / 2, figures.ReciprocalRank, 1e-9);
        Assert.Equal(0.5, figures.Recall100, 1e-9);
    }

    [Fact]
    public void Ties_do_not_flatter() => Assert.Equal(
        1 / 100.0,
        RetrievalFigures.Measure(new RetrievalTask("t", [.. Enumerable.Repeat(Nothing, 100)], [new RetrievalQuery("q", [99])]), (_, _) => { }, new ParallelOptions()).ReciprocalRank,
        1e-9);

    [Fact]
    public void Bm25_prefers_rare_words_and_short_documents()
    {
        var index = new OkapiIndex(["the model learns", "the kernel", "the kernel is a thing that a long text goes on and on about", "the end"]);
        var scores = new float[4];
        index.Score("The kernels", scores);
        Assert.Equal([1, 2], scores.Select((score, i) => (score, i)).OrderByDescending(pair => pair.score).Take(2).Select(pair => pair.i));
        Assert.True(scores[0] > 0 && scores[2] > scores[0]);
    }

    [Fact]
    public void Tasks_ask_for_held_out_papers_alone_and_hide_the_sentence_asked()
    {
        var papers = Enumerable.Range(0, 300).Select(i => new TrainingPaper(
            $"Paper number {i}", $"Our first sentence tells of thing {i}. The second sentence has word w{i}x in it. A third sentence follows here. The fourth one ends it.", [$"key{i}"])).ToList();
        var tasks = RetrievalTask.From(papers, 1000);
        var heldOut = papers.Count(paper => HeldOut.Contains(paper.Title));
        Assert.Equal(3, tasks.Count);
        Assert.All(tasks, task => Assert.Equal(heldOut, task.Queries.Count));
        Assert.All(tasks[1].Queries, query => Assert.DoesNotContain(query.Text, tasks[1].Documents[query.Relevant[0]].Text(), StringComparison.Ordinal));
    }
}
