using DailyPapers.Lab.Data;
using DailyPapers.Lab.Data.Pruning;
using DailyPapers.Lab.Generalization.LongTail;
using DailyPapers.Lab.Reporting;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.LongTailMemorization;

/// <summary>Are rare examples the memorised ones (claims 7 and 8)? On Gaussian subpopulations, and on digits with subclusters made rare.</summary>
internal static class MemorizedExamples
{
    /// <summary>The share of examples that a training has.</summary>
    internal const double Kept = 0.7;

    /// <summary>Sizes of subpopulations shown together: from one entry to below the next; the last is open.</summary>
    internal static readonly int[] SizesFrom = [1, 2, 3, 5, 9, 17];

    private const int MembersAtOnce = 50;
    private const int Width = 64;
    private const int ClustersOfADigit = 8;

    /// <summary>Scores of the training examples, and how many of their subpopulation there are.</summary>
    internal sealed record Outcome(double[] Scores, int[] Sizes)
    {
        /// <summary>Spearman's correlation of the score with rarity.</summary>
        internal double Correlation => RankCorrelation.Spearman(Scores, [.. Sizes.Select(size => -(double)size)]);

        /// <summary>Mean score by the size of the subpopulation, for the ranges of <see cref="SizesFrom"/>; NaN where there is none.</summary>
        internal double[] MeanBySize() =>
            [.. SizesFrom.Select((from, range) => Scores
                .Where((_, i) => Sizes[i] >= from && (range + 1 == SizesFrom.Length || Sizes[i] < SizesFrom[range + 1]))
                .DefaultIfEmpty(double.NaN).Average())];
    }

    internal static Outcome Mixture(int examples, double noise, int trainings, int steps, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var task = new ClassificationTask(FrequencyPrior.Zipf(examples), examples, 1, noise, seed.Stream("task"));
        return new(
            Scores(task.Inputs, task.Labels, trainings, steps, seed.Stream("trainings"), progress, cancellation),
            [.. task.Sample.Subpopulations.Select(x => task.Sample.Seen[x])]);
    }

    // #region digits
    /// <summary>Digits whose subclusters, eight a class, are thinned out by Zipf's law in an order drawn at random: of the cluster of rank r, at most 80/r are kept.</summary>
    internal static Outcome DigitsWithATail(int trainings, int steps, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = Digits.Shuffled(seed.Stream("order"));
        var pixels = inputs.data<float>().ToArray();
        var classes = labels.data<long>().ToArray();
        var clusters = new List<long[]>();
        for (var digit = 0; digit < Digits.Classes; digit++)
        {
            var those = Enumerable.Range(0, classes.Length).Where(i => classes[i] == digit).ToArray();
            var points = those.Select(i => pixels.Skip(i * 64).Take(64).Select(pixel => (double)pixel).ToArray()).ToArray();
            var assigned = KMeans.Assign(points, ClustersOfADigit, seed.Stream($"clusters {digit}"));
            clusters.AddRange(Enumerable.Range(0, ClustersOfADigit).Select(cluster => those.Where((_, j) => assigned[j] == cluster).Select(i => (long)i).ToArray()));
        }
        var ranks = Enumerable.Range(1, clusters.Count).ToArray();
        seed.Stream("ranks").ToRandom().Shuffle(ranks);
        // The shuffled order of the digits makes the first of a cluster a random part of it.
        var kept = clusters.Select((cluster, place) => cluster[..Math.Min(cluster.Length, (clusters.Count + ranks[place] - 1) / ranks[place])]).ToArray();
        var rows = tensor(kept.SelectMany(cluster => cluster).ToArray());
        return new(
            Scores(inputs.index_select(0, rows), labels.index_select(0, rows), trainings, steps, seed.Stream("trainings"), progress, cancellation),
            [.. kept.SelectMany(cluster => cluster.Select(_ => cluster.Length))]);
    }
    // #endregion digits

    private static double[] Scores(Tensor inputs, Tensor labels, int trainings, int steps, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        var examples = (int)inputs.shape[0];
        var memorization = new MemorizationScore(examples);
        for (var from = 0; from < trainings; from += MembersAtOnce)
        {
            using var scope = NewDisposeScope();
            long[][] parts = [.. Enumerable.Range(from, Math.Min(MembersAtOnce, trainings - from)).Select(k => DatasetPruner.KeepRandom(examples, Kept, seed.Stream($"part {k}")))];
            using var networks = NetworkTraining.Train(inputs, labels, parts, Width, 0, steps, seed.Stream($"networks {from}"), cancellation);
            var right = networks.Logits(inputs).argmax(2).eq(labels).data<bool>().ToArray();
            for (var member = 0; member < parts.Length; member++)
                memorization.Observe(parts[member], new ArraySegment<bool>(right, member * examples, examples));
            progress((from + parts.Length) / (double)trainings);
        }
        return memorization.Scores();
    }
}
