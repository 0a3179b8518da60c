using CsCheck;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Data.Pruning;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Data.Pruning;

public sealed class PruningTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void A_uniform_prediction_has_an_error_of_known_norm(int classes)
    {
        using var scope = NewDisposeScope();
        var scores = ExampleScores.El2n(zeros(3, classes, dtype: float64), tensor([0L, 1, 1]));
        Assert.True(allclose(scores, full(3, Math.Sqrt(1 - 1.0 / classes), dtype: float64)));
    }

    [Fact]
    public void Errors_lie_between_none_and_the_square_root_of_two()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).ToGenerator();
        var labels = randint(0, 4, [200], dtype: int64, generator: generator);
        var scores = ExampleScores.El2n(randn(5, 200, 4, dtype: float64, generator: generator) * 20, labels);
        Assert.True((scores.ge(0) & scores.le(Math.Sqrt(2) + 1e-12)).all().item<bool>());
        var sure = nn.functional.one_hot(labels, 4).to(float64) * 1000;
        Assert.Equal(0, ExampleScores.El2n(sure, labels).max().item<double>(), 1e-12);
        Assert.Equal(Math.Sqrt(2), ExampleScores.El2n(sure.roll(1, 1), labels).min().item<double>(), 1e-12);
    }

    [Fact]
    public void Keeping_everything_keeps_everything() =>
        Gen.Double[-1, 1].Array[1, 40].Sample(scores => Assert.Equal(Enumerable.Range(0, scores.Length).Select(i => (long)i), DatasetPruner.Keep(scores, 1)));

    [Fact]
    public void The_kept_are_above_those_left_out_and_below_the_offset() =>
        (from count in Gen.Int[10, 40]
         from scores in Gen.Shuffle(Enumerable.Range(0, count).Select(i => (i / 20.0) - 1).ToArray())
         from fraction in Gen.Double[0.1, 0.6]
         from offset in Gen.Double[0, 0.4]
         select (scores, fraction, offset)).Sample(draw =>
         {
             var kept = DatasetPruner.Keep(draw.scores, draw.fraction, draw.offset);
             Assert.Equal((int)Math.Round(draw.fraction * draw.scores.Length), kept.Length);
             var above = draw.scores.Count(score => score > kept.Max(i => draw.scores[i]));
             Assert.Equal((int)Math.Round(draw.offset * draw.scores.Length), above);
             Assert.Equal(kept.Length, draw.scores.Count(score => score >= kept.Min(i => draw.scores[i])) - above);
         }, iter: 200);

    [Fact]
    public void Ties_go_by_index_and_infinity_is_the_largest_score()
    {
        Assert.Equal([2L, 3], DatasetPruner.Keep([1, 1, 1, 1], 0.5));
        Assert.Equal([1L, 2], DatasetPruner.Keep([1, double.PositiveInfinity, 3, 2], 0.5));
        Assert.Equal([2L, 3], DatasetPruner.Keep([1, double.PositiveInfinity, 3, 2], 0.5, offset: 0.25));
    }

    [Fact]
    public void A_random_part_has_the_size_and_is_drawn_by_the_seed()
    {
        var part = DatasetPruner.KeepRandom(100, 0.3, new Seed(2));
        Assert.Equal(30, part.Distinct().Count());
        Assert.Equal(part, DatasetPruner.KeepRandom(100, 0.3, new Seed(2)));
        Assert.NotEqual(part, DatasetPruner.KeepRandom(100, 0.3, new Seed(3)));
    }

    [Fact]
    public void Forgetting_counts_falls_from_right_to_wrong()
    {
        var counter = new ForgettingCounter(3);
        foreach (var right in new[] { true, false, false, true, false })
            counter.Observe(0, right);
        counter.Observe(1, true);
        counter.Observe(1, true);
        counter.Observe(2, false);
        Assert.Equal([2, 0, double.PositiveInfinity], counter.Scores());
    }

    [Fact]
    public void The_barrier_is_that_of_the_highest_point()
    {
        Assert.Equal(0, ErrorBarrier.Measure(_ => 0.3), 1e-12);
        Assert.Equal(0.25, ErrorBarrier.Measure(alpha => alpha * (1 - alpha)), 1e-12);
        Assert.Equal(0.2, ErrorBarrier.Measure(alpha => alpha < 0.9 ? 0 : 0.4), 1e-12);
    }

    [Fact]
    public void A_kernel_does_not_move_when_it_is_scaled()
    {
        using var scope = NewDisposeScope();
        var kernel = tensor(new double[,] { { 2, 1 }, { 1, 3 } });
        Assert.Equal(0, KernelVelocity.Distance(kernel, kernel * 7), 1e-12);
        Assert.Equal(1, KernelVelocity.Distance(tensor(new double[,] { { 1, 0 }, { 0, 0 } }), tensor(new double[,] { { 0, 0 }, { 0, 1 } })), 1e-12);
    }

    [Fact]
    public void A_pass_of_batches_holds_every_example_once_but_for_the_rest()
    {
        var batches = new ShuffledBatches([10, 11, 12, 13, 14, 15, 16], 3, new Seed(4));
        var batch = new long[3];
        for (var pass = 0; pass < 5; pass++)
        {
            var seen = new List<long>();
            for (var i = 0; i < 2; i++)
            {
                batches.Next(batch);
                seen.AddRange(batch);
            }
            Assert.Equal(6, seen.Distinct().Count());
            Assert.All(seen, example => Assert.InRange(example, 10, 16));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShuffledBatches([1, 2], 3, new Seed(1)));
    }

    [Fact]
    public void Rare_modes_are_as_rare_as_declared_and_lie_about_their_means()
    {
        using var scope = NewDisposeScope();
        using var classes = new RareModes(5, 3, 2, 0.7, 4, new Seed(5));
        var (inputs, labels, modes) = classes.Sample(9000, new Seed(6));
        // Standard errors of shares of 9,000: at most 0.005.
        Assert.Equal(0.7, modes.eq(0).to(float64).mean().item<double>(), 0.02);
        Assert.Equal(1 / 3.0, labels.eq(2).to(float64).mean().item<double>(), 0.02);
        var one = inputs.index_select(0, (labels.eq(1) & modes.eq(2)).nonzero().squeeze(1)).to(float64);
        Assert.Equal(1, one.var(0).mean().item<double>(), 0.15);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DatasetPruner.Keep([1, 2], 0.7, 0.4));
        Assert.Throws<ArgumentOutOfRangeException>(() => DatasetPruner.Keep([1, 2], 0));
        Assert.Throws<ArgumentException>(() => DatasetPruner.Keep([double.NaN], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RareModes(5, 3, 2, 1, 4, new Seed(5)));
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => ExampleScores.El2n(zeros(3, 2), zeros(4, dtype: int64)));
        Assert.Throws<ArgumentException>(() => KernelVelocity.Distance(zeros(2, 2), zeros(3, 3)));
    }
}
