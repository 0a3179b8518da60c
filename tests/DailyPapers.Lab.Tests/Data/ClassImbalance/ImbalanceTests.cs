using CsCheck;
using DailyPapers.Lab.Data.ClassImbalance;

namespace DailyPapers.Lab.Tests.Data.ClassImbalance;

public sealed class ImbalanceTests
{
    private static readonly Gen<byte[]> _labels = Gen.Int[1, 40].Array[2, 6]
        .SelectMany(counts => Gen.Shuffle(counts.SelectMany((count, k) => Enumerable.Repeat((byte)k, count)).ToArray()));

    [Theory]
    [InlineData(0.2, 10, 2)]
    [InlineData(0.5, 50, 5)]
    [InlineData(0.8, 200, 8)]
    public void A_step_makes_its_share_of_classes_small(double share, double ratio, int small)
    {
        var counts = new StepImbalance(share, ratio).Counts(10, 1000, new Seed(1));
        Assert.Equal(small, counts.Count(count => count == (int)(1000 / ratio)));
        Assert.Equal(10 - small, counts.Count(count => count == 1000));
    }

    [Fact]
    public void Small_classes_of_a_smaller_share_are_small_at_a_larger_one()
    {
        int[] few = new StepImbalance(0.2, 10).Counts(10, 100, new Seed(2)), many = new StepImbalance(0.8, 10).Counts(10, 100, new Seed(2));
        Assert.All(Enumerable.Range(0, 10).Where(k => few[k] < 100), k => Assert.Equal(10, many[k]));
        Assert.NotEqual(few, new StepImbalance(0.2, 10).Counts(10, 100, new Seed(3)));
    }

    [Fact]
    public void A_class_never_vanishes_and_one_always_stays_large()
    {
        var counts = new StepImbalance(0.99, 1e6).Counts(10, 100, new Seed(4));
        Assert.Equal((1, 9), (counts.Count(count => count == 100), counts.Count(count => count == 1)));
        Assert.Equal(1, new LinearImbalance(1e6).Counts(10, 100, new Seed(4)).Min());
    }

    [Fact]
    public void A_ramp_grows_in_equal_steps()
    {
        var counts = new LinearImbalance(10).Counts(10, 1000, new Seed(5)).Order().ToArray();
        Assert.Equal((100, 1000), (counts[0], counts[^1]));
        Assert.All(counts.Zip(counts.Skip(1)), pair => Assert.Equal(100, pair.Second - pair.First));
    }

    [Fact]
    public void Balanced_oversampling_makes_classes_equal_and_loses_no_example() => _labels.Sample(labels =>
    {
        var members = Members(labels);
        var drawn = ImbalanceResampling.Oversample(members, 1, new Seed(6));
        Assert.All(Members(labels, drawn).Counts, count => Assert.Equal(members.Counts.Max(), count));
        Assert.Equal(labels.Length, drawn.Distinct().Count());
        // Within a class no example is drawn more than once oftener than another.
        foreach (var group in drawn.GroupBy(example => labels[example]))
        {
            var times = group.GroupBy(example => example).Select(copies => copies.Count()).ToArray();
            Assert.InRange(times.Max() - times.Min(), 0, 1);
        }
    }, iter: 200);

    [Fact]
    public void Balanced_undersampling_makes_classes_equal_and_repeats_no_example() => _labels.Sample(labels =>
    {
        var members = Members(labels);
        var drawn = ImbalanceResampling.Undersample(members, 1, new Seed(7));
        Assert.All(Members(labels, drawn).Counts, count => Assert.Equal(members.Counts.Min(), count));
        Assert.Equal(drawn.Length, drawn.Distinct().Count());
    }, iter: 200);

    [Fact]
    public void In_part_both_leave_the_ratio_asked_for_and_a_large_one_changes_nothing()
    {
        byte[] labels = [.. Enumerable.Repeat((byte)0, 400), .. Enumerable.Repeat((byte)1, 20), .. Enumerable.Repeat((byte)2, 4)];
        var members = Members(labels);
        Assert.Equal([400, 40, 40], Members(labels, ImbalanceResampling.Oversample(members, 10, new Seed(8))).Counts);
        Assert.Equal([40, 20, 4], Members(labels, ImbalanceResampling.Undersample(members, 10, new Seed(8))).Counts);
        foreach (var same in new[] { ImbalanceResampling.Oversample(members, 100, new Seed(9)), ImbalanceResampling.Undersample(members, 100, new Seed(9)) })
            Assert.Equal(Enumerable.Range(0, labels.Length).Select(i => (long)i), same.Order());
    }

    [Fact]
    public void A_smaller_draw_lies_inside_a_larger_one()
    {
        byte[] labels = [.. Enumerable.Range(0, 60).Select(i => (byte)(i % 3))];
        var members = Members(labels);
        long[] small = members.Draw([2, 5, 20], new Seed(10)), large = members.Draw([8, 20, 20], new Seed(10));
        Assert.Subset(large.ToHashSet(), small.ToHashSet());
        Assert.Equal(1, members.Priors.Sum(), 1e-12);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepImbalance(1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepImbalance(0.5, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearImbalance(0));
        var members = Members([0, 0, 2]);
        Assert.Throws<ArgumentException>(() => members.Draw([1, 1, 1], new Seed(1)));
        Assert.Throws<ArgumentException>(() => members.Draw([1, 1], new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImbalanceResampling.Oversample(members, 0.5, new Seed(1)));
        Assert.Throws<ArgumentException>(() => new ClassMembers([5], null, 3));
    }

    private static ClassMembers Members(byte[] labels, long[]? examples = null) => new(labels, examples, Math.Max(2, labels.Max() + 1));
}
