using DailyPapers.Embedding;
using DailyPapers.Lab.Retrieval;

namespace DailyPapers.Lab.Tests.Retrieval;

public sealed class EmbeddingTrainingTests
{
    private const int Topics = 8;
    private const int WordsOfTopic = 12;

    private static readonly ContrastiveOptions Small = new() { Dimensions = 64, BatchSize = 64, Epochs = 10, MostPairs = 50, StartFromLatentSemantics = false };

    // Titles and abstracts share no word: what connects them must be learnt.
    [Fact]
    public void Training_connects_words_that_only_stand_for_one_topic()
    {
        var model = Train(Papers(600), Small);
        Assert.InRange(TopicAccuracy(model), 0.95, 1);
        Assert.InRange(TopicAccuracy(Train(Papers(600), Small with { Epochs = 0 })), 0, 0.6);
    }

    [Fact]
    public void Latent_semantics_is_a_start_that_knows_topics() =>
        Assert.InRange(TopicAccuracy(Train(Papers(600), Small with { Epochs = 0, StartFromLatentSemantics = true })), 0.95, 1);

    [Fact]
    public void Negatives_by_topic_keep_what_is_learnt() =>
        Assert.InRange(TopicAccuracy(Train(Papers(600), Small with { TopicShare = 0.25f })), 0.9, 1);

    // In abstracts "drift" tells topic 0; titles use it as they like. One vector cannot serve both; a weight for queries can.
    [Fact]
    public void Learning_how_much_a_word_counts_in_a_query_lowers_the_loss()
    {
        var papers = Papers(600).Select((paper, number) => paper with
        {
            Title = number % 3 == 0 ? $"{paper.Title} drift" : paper.Title,
            Abstract = number % Topics == 0 ? $"{paper.Abstract} Drift of drift." : paper.Abstract,
        }).ToList();
        var options = Small with { Epochs = 60, ViewShares = [1, 0, 0, 0, 0] };
        Assert.InRange(LastLoss(papers, options), 0, LastLoss(papers, options with { LearnsQueryWeights = false }) - 0.005);
    }

    [Fact]
    public void Without_learnt_weights_a_query_is_embedded_as_a_paper_is()
    {
        var model = Train(Papers(300), Small with { LearnsQueryWeights = false, Epochs = 1 });
        Assert.Equal(Embed(model, "t1w1 a2w3"), EmbedQuery(model, "t1w1 a2w3"));
        Assert.NotEqual(Embed(Train(Papers(300), Small with { Epochs = 2 }), "t1w1 a2w3"), EmbedQuery(Train(Papers(300), Small with { Epochs = 2 }), "t1w1 a2w3"));
    }

    [Fact]
    public void The_model_follows_from_papers_and_seed_whatever_the_threads()
    {
        var options = Small with { Epochs = 2, TopicShare = 0.25f, StartFromLatentSemantics = true };
        var one = Bytes(Papers(300), options, seed: 4, threads: 1);
        Assert.Equal(one, Bytes(Papers(300), options, seed: 4, threads: 2));
        Assert.NotEqual(one, Bytes(Papers(300), options, seed: 5, threads: 1));
    }

    [Fact]
    public void Held_out_papers_change_nothing()
    {
        var papers = Papers(300);
        var seen = papers.Where(paper => !HeldOut.Contains(paper.Title)).ToList();
        Assert.NotEqual(papers.Count, seen.Count);
        Assert.Equal(Bytes(papers, Small with { Epochs = 1 }, 1, 1), Bytes(seen, Small with { Epochs = 1 }, 1, 1));
    }

    [Fact]
    public void Too_few_papers_are_refused_and_cancelling_ends_it()
    {
        Assert.Throws<InvalidDataException>(() => Train(Papers(20), Small));
        Assert.Throws<InvalidDataException>(() => Train([], Small));
        Assert.ThrowsAny<OperationCanceledException>(() => EmbeddingTraining.Run(Papers(300), Small, new Seed(1), 1, null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Progress_reaches_the_end_and_the_loss_falls()
    {
        var reports = new List<TrainingProgress>();
        // Ten passes over so few papers are not yet the end.
        var longer = Small with { Epochs = 40 };
        EmbeddingTraining.Run(Papers(600), longer, new Seed(1), 1, new Collector(reports), CancellationToken.None);
        Assert.Equal(1, reports[^1].Fraction);
        var losses = reports.Where(report => report.Loss is not null).Select(report => report.Loss!.Value).ToList();
        Assert.Equal(longer.Epochs, losses.Count);
        // Eight papers of a topic in a batch cannot be told apart: the loss ends near log 8.
        Assert.InRange(losses[^1], 1.5, Math.Min(losses[0], 2.6));
    }

    private static double LastLoss(IReadOnlyList<TrainingPaper> papers, ContrastiveOptions options)
    {
        var reports = new List<TrainingProgress>();
        EmbeddingTraining.Run(papers, options, new Seed(1), 2, new Collector(reports), CancellationToken.None);
        return reports[^1].Loss!.Value;
    }

    private static StaticEmbeddingModel Train(IReadOnlyList<TrainingPaper> papers, ContrastiveOptions options) =>
        StaticEmbeddingModel.Read(new MemoryStream(Bytes(papers, options, 1, 2)));

    private static byte[] Bytes(IReadOnlyList<TrainingPaper> papers, ContrastiveOptions options, int seed, int threads)
    {
        var stream = new MemoryStream();
        EmbeddingTraining.Run(papers, options, new Seed(seed), threads, null, CancellationToken.None).Save(stream);
        return stream.ToArray();
    }

    private static double TopicAccuracy(StaticEmbeddingModel model)
    {
        var vectors = Enumerable.Range(0, Topics).Select(topic => (Title: Embed(model, TitleWords(topic)), Abstract: Embed(model, AbstractWords(topic)))).ToList();
        return vectors.Where((vector, topic) => vectors.MaxBy(other => Dot(vector.Title, other.Abstract)).Abstract == vectors[topic].Abstract).Count() / (double)Topics;
    }

    private static List<TrainingPaper> Papers(int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var topic = number % Topics;
            var sentences = Enumerable.Range(0, 4).Select(_ => $"The {Some(AbstractWords(topic), 5, random)} of it.");
            return new TrainingPaper($"On {Some(TitleWords(topic), 4, random)}", string.Join(' ', sentences), [Some(TitleWords(topic), 1, random)]);
        })];
    }

    private static string TitleWords(int topic) => string.Join(' ', Enumerable.Range(0, WordsOfTopic).Select(i => $"t{topic}w{i}"));

    private static string AbstractWords(int topic) => string.Join(' ', Enumerable.Range(0, WordsOfTopic).Select(i => $"a{topic}w{i}"));

    private static string Some(string words, int count, Random random)
    {
        var all = words.Split(' ');
        random.Shuffle(all);
        return string.Join(' ', all.Take(count));
    }

    private static float[] Embed(StaticEmbeddingModel model, string text)
    {
        var vector = new float[model.Dimensions];
        model.Embed(text, vector);
        return vector;
    }

    private static float[] EmbedQuery(StaticEmbeddingModel model, string text)
    {
        var vector = new float[model.Dimensions];
        model.EmbedQuery(text, vector);
        return vector;
    }

    private static float Dot(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private sealed class Collector(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
