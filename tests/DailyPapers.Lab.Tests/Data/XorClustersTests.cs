using DailyPapers.Lab.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Data;

public sealed class XorClustersTests
{
    [Fact]
    public void Points_lie_around_the_four_means_with_the_labels_of_their_axis()
    {
        using var scope = NewDisposeScope();
        using var sample = new XorClusters(50, 20, 0).Sample(2000, new Seed(1), ScalarType.Float64);
        var (along1, along2) = (sample.Inputs.select(1, 0), sample.Inputs.select(1, 1));
        var onFirst = along1.abs() > 10;
        Assert.True(eq(onFirst, sample.CleanLabels > 0).all().ToBoolean());
        Assert.True(eq(along2.abs() > 10, sample.CleanLabels < 0).all().ToBoolean());
        Assert.Equal(20, along1.masked_select(onFirst).abs().mean().ToDouble(), 0.2);
        var share = (along1 > 10).to_type(ScalarType.Float64).mean().ToDouble();
        Assert.InRange(share, 0.21, 0.29);
        var noise = sample.Inputs.narrow(1, 2, 48);
        Assert.Equal(0, noise.mean().ToDouble(), 0.02);
        Assert.Equal(1, noise.std().ToDouble(), 0.02);
    }

    [Fact]
    public void Labels_are_flipped_at_the_declared_rate_whatever_the_cluster()
    {
        using var scope = NewDisposeScope();
        using var sample = new XorClusters(2, 5, 0.15).Sample(20_000, new Seed(2));
        var flipped = (sample.Labels != sample.CleanLabels).to_type(ScalarType.Float64);
        Assert.Equal(0.15, flipped.mean().ToDouble(), 0.01);
        Assert.Equal(0.15, flipped.masked_select(sample.CleanLabels > 0).mean().ToDouble(), 0.015);
    }

    [Fact]
    public void The_best_linear_classifier_is_a_coin()
    {
        using var scope = NewDisposeScope();
        using var training = new XorClusters(4, 10, 0).Sample(20_000, new Seed(3), ScalarType.Float64);
        using var test = new XorClusters(4, 10, 0).Sample(20_000, new Seed(4), ScalarType.Float64);
        var weights = linalg.lstsq(training.Inputs, training.CleanLabels.unsqueeze(1)).Solution;
        var accuracy = (test.Inputs.matmul(weights).squeeze(1) * test.CleanLabels > 0).to_type(ScalarType.Float64).mean().ToDouble();
        Assert.InRange(accuracy, 0.25, 0.75);
        Assert.InRange(weights.norm().ToDouble(), 0, 0.01);
    }

    [Fact]
    public void A_sample_repeats_itself()
    {
        var law = new XorClusters(10, 3, 0.1);
        using var first = law.Sample(30, new Seed(5));
        using var second = law.Sample(30, new Seed(5));
        Assert.True(eq(first.Inputs, second.Inputs).all().ToBoolean());
        Assert.True(eq(first.Labels, second.Labels).all().ToBoolean());
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new XorClusters(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new XorClusters(2, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new XorClusters(2, 1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new XorClusters(2, 1, 0).Sample(0, new Seed(1)));
    }
}
