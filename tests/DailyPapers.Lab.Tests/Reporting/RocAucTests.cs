using CsCheck;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Tests.Reporting;

public sealed class RocAucTests
{
    private static readonly Gen<(double[] Scores, bool[] Positive)> _samples =
        from scores in Gen.Int[0, 8].Select(value => value / 4.0).Array[2, 30]
        from flips in Gen.Bool.Array[scores.Length]
        select (scores, (bool[])[true, false, .. flips[2..]]);

    [Fact]
    public void The_area_counts_the_pairs_in_order_and_half_the_ties() => _samples.Sample(sample =>
    {
        var pairs = from p in Enumerable.Range(0, sample.Scores.Length).Where(i => sample.Positive[i])
                    from n in Enumerable.Range(0, sample.Scores.Length).Where(i => !sample.Positive[i])
                    select sample.Scores[p] > sample.Scores[n] ? 1 : sample.Scores[p] == sample.Scores[n] ? 0.5 : 0;
        Assert.Equal(pairs.Average(), RocAuc.Binary(sample.Scores, sample.Positive), 1e-12);
    }, iter: 300);

    [Fact]
    public void Only_the_order_of_the_scores_counts() => _samples.Sample(sample =>
    {
        var area = RocAuc.Binary(sample.Scores, sample.Positive);
        Assert.Equal(area, RocAuc.Binary([.. sample.Scores.Select(score => Math.Exp(3 * score))], sample.Positive));
        Assert.Equal(1 - area, RocAuc.Binary([.. sample.Scores.Select(score => -score)], sample.Positive), 1e-12);
    }, iter: 300);

    [Fact]
    public void Of_two_classes_both_multiclass_areas_are_the_binary_one()
    {
        var (scores, labels) = Sample(2, [9, 14], 1);
        var area = RocAuc.Binary([.. Enumerable.Range(0, 23).Select(i => scores[i, 1])], [.. labels.Select(label => label == 1)]);
        for (var i = 0; i < 23; i++)
            scores[i, 0] = 1 - scores[i, 1];
        Assert.Equal(area, RocAuc.OneVersusRest(scores, labels), 1e-12);
        Assert.Equal(area, RocAuc.HandTill(scores, labels), 1e-12);
    }

    [Fact]
    public void Classes_of_equal_size_make_both_multiclass_areas_the_same()
    {
        var (scores, labels) = Sample(4, [12, 12, 12, 12], 2);
        Assert.Equal(RocAuc.HandTill(scores, labels), RocAuc.OneVersusRest(scores, labels), 1e-12);
        (scores, labels) = Sample(4, [40, 12, 5, 2], 2);
        Assert.NotEqual(RocAuc.HandTill(scores, labels), RocAuc.OneVersusRest(scores, labels), 1e-6);
    }

    [Fact]
    public void Repeating_a_class_changes_the_pairwise_area_not()
    {
        var (scores, labels) = Sample(3, [6, 7, 8], 3);
        var repeated = new double[21 + 6, 3];
        for (var i = 0; i < repeated.GetLength(0); i++)
            for (var k = 0; k < 3; k++)
                repeated[i, k] = scores[i % 21, k];
        Assert.Equal(RocAuc.HandTill(scores, labels), RocAuc.HandTill(repeated, [.. labels, .. labels[..6]]), 1e-12);
    }

    [Fact]
    public void What_has_no_area_is_refused_or_NaN()
    {
        Assert.Equal(double.NaN, RocAuc.Binary([1, 2], [true, true]));
        Assert.Throws<ArgumentException>(() => RocAuc.Binary([1, double.NaN], [true, false]));
        Assert.Throws<ArgumentException>(() => RocAuc.OneVersusRest(new double[2, 3], [0, 1]));
        Assert.Throws<ArgumentException>(() => RocAuc.HandTill(new double[2, 2], [0, 2]));
    }

    private static (double[,] Scores, int[] Labels) Sample(int classes, int[] counts, int seed)
    {
        var random = new Random(seed);
        int[] labels = [.. counts.SelectMany((count, k) => Enumerable.Repeat(k, count))];
        var scores = new double[labels.Length, classes];
        for (var i = 0; i < labels.Length; i++)
            for (var k = 0; k < classes; k++)
                scores[i, k] = random.NextDouble() + (labels[i] == k ? 0.3 : 0);
        return (scores, labels);
    }
}
