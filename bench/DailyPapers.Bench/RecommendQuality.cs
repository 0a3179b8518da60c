using System.Globalization;
using System.Numerics.Tensors;
using DailyPapers.Community.Recommending;
using DailyPapers.Search.Evaluation;

namespace DailyPapers.Bench;

/// <summary>How many of the first ten papers simulated readers would like, and how high they stand: nDCG at ten, with a 95 % interval over readers.</summary>
internal static class RecommendQuality
{
    private const int Depth = 10;
    private const int Seed = 20260301;
    private const int TuningSeed = 20260302;
    private const int UsualLikes = 20;

    public static void Run(RecommendCorpus corpus, int count, bool tune)
    {
        Console.WriteLine(Machine.Invariant(
            $"recommendations: {corpus.LikedOld.Count} interests, {corpus.Pool.Count:N0} new papers to choose from, {corpus.Old.Count:N0} older ones to have liked, {count} readers"));
        if (tune)
            Tune(corpus, count);
        foreach (var likes in (int[])[1, 3, 10, 20, 50])
        {
            var readers = Readers(corpus, count, likes, Seed);
            Console.WriteLine(Machine.Invariant($"{likes} likes, a fifth of them of something else; nDCG@{Depth}:"));
            Report("chance", readers, reader => Shuffled(corpus, reader));
            Report("newest first", readers, _ => corpus.Pool);
            Report("most upvoted by the others", readers, reader => ByVotes(corpus, readers, reader));
            Report("nearest to the mean of what is liked", readers, reader => ByMean(corpus, reader));
            Report("nearest to one of what is liked", readers, reader => ByNearest(corpus, reader, 1));
            Report("nearest to three of what is liked", readers, reader => ByNearest(corpus, reader, 3));
            Report("the model, meaning alone", readers, reader => ByModel(corpus, reader, new TasteOptions(TermScale: 0)));
            Report("the model", readers, reader => ByModel(corpus, reader, TasteOptions.Default));
        }
    }

    private static void Tune(RecommendCorpus corpus, int count)
    {
        var readers = Readers(corpus, count, UsualLikes, TuningSeed);
        foreach (var regularization in (float[])[0.001f, 0.003f, 0.01f, 0.03f, 0.1f, 0.3f, 1, 10])
            foreach (var terms in (float[])[0, 0.5f, 1])
                Report(Machine.Invariant($"tuning: λ {regularization}, terms {terms}"), readers, reader => ByModel(corpus, reader, new TasteOptions(regularization, terms)));
    }

    private static List<SimulatedReader> Readers(RecommendCorpus corpus, int count, int likes, int seed)
    {
        var random = new Random(seed + likes);
        return Enumerable.Range(0, count).Select(_ => SimulatedReader.Create(corpus, likes, random)).Where(reader => reader.Wanted.Count > 0).ToList();
    }

    private static void Report(string name, List<SimulatedReader> readers, Func<SimulatedReader, IReadOnlyList<long>> rank)
    {
        var scores = new double[readers.Count];
        Parallel.For(0, readers.Count, i => scores[i] = Ndcg(rank(readers[i]).Where(id => !readers[i].Seen.Contains(id)), readers[i].Wanted));
        var mean = scores.Average();
        var spread = Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / (scores.Length - 1) / scores.Length);
        Console.WriteLine(Machine.Invariant($"  {name,-38} {mean:F3} ± {1.96 * spread:F3}"));
    }

    private static double Ndcg(IEnumerable<long> ranked, IReadOnlySet<long> wanted) =>
        RankingMetrics.Ndcg([.. ranked.Take(Depth).Select(Name)], wanted.ToDictionary(Name, _ => 1), Depth);

    private static string Name(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static long[] Shuffled(RecommendCorpus corpus, SimulatedReader reader)
    {
        var ids = corpus.Pool.ToArray();
        new Random((int)reader.Liked[0]).Shuffle(ids);
        return ids;
    }

    private static List<long> ByVotes(RecommendCorpus corpus, List<SimulatedReader> readers, SimulatedReader self)
    {
        var votes = readers.Where(reader => reader != self).SelectMany(reader => reader.Seen).GroupBy(id => id).ToDictionary(same => same.Key, same => same.Count());
        return corpus.Pool.OrderByDescending(id => votes.GetValueOrDefault(id)).ToList();
    }

    private static List<long> ByMean(RecommendCorpus corpus, SimulatedReader reader)
    {
        var mean = new float[corpus.Features[reader.Liked[0]].Vector.Length];
        foreach (var id in reader.Liked)
            TensorPrimitives.Add<float>(mean, corpus.Features[id].Vector, mean);
        return Ranked(corpus, features => TensorPrimitives.Dot<float>(mean, features.Vector));
    }

    private static List<long> ByNearest(RecommendCorpus corpus, SimulatedReader reader, int count) => Ranked(
        corpus, features => reader.Liked.Select(id => TensorPrimitives.Dot<float>(corpus.Features[id].Vector, features.Vector)).OrderDescending().Take(count).Sum());

    private static List<long> ByModel(RecommendCorpus corpus, SimulatedReader reader, TasteOptions options)
    {
        var passedOver = corpus.Old.Where(id => !reader.Liked.Contains(id)).ToArray();
        var others = new Random((int)reader.Liked[0]).GetItems(passedOver, Recommendations.OtherExamples);
        var model = TasteTraining.Fit(
            reader.Liked.Select(id => new TasteExample(corpus.Features[id])).ToList(),
            others.Select(id => new TasteExample(corpus.Features[id])).ToList(),
            options);
        return Ranked(corpus, model.Score);
    }

    private static List<long> Ranked(RecommendCorpus corpus, Func<PaperFeatures, float> score) =>
        corpus.Pool.Where(id => corpus.Features[id].Vector.Length > 0).OrderByDescending(id => score(corpus.Features[id])).ToList();
}
