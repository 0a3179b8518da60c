using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Data.ClassImbalance;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Data.ClassImbalance;

public sealed class RemediesTests
{
    private static readonly double[] _priors = [0.9, 0.08, 0.02];

    [Fact]
    public void Thresholding_turns_a_posterior_into_the_likelihood()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).ToGenerator();
        var likelihood = rand([50, 3], dtype: float64, generator: generator) + 0.1;
        var joint = likelihood * tensor(_priors);
        var posterior = joint / joint.sum(1, keepdim: true);
        var thresholded = PriorThresholding.Apply(posterior, _priors);
        var ratio = thresholded / likelihood;
        Assert.True(allclose(ratio, ratio.narrow(1, 0, 1).expand(-1, 3)));
    }

    [Fact]
    public void Thresholding_leaves_every_area_exactly_as_it_was_and_normalising_does_not()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(2).ToGenerator();
        var probabilities = (randn([300, 3], dtype: float64, generator: generator) * 2).softmax(1);
        int[] labels = [.. Enumerable.Range(0, 300).Select(i => i % 3)];
        var thresholded = PriorThresholding.Apply(probabilities, _priors);
        Assert.Equal(Area(probabilities), Area(thresholded));
        Assert.NotEqual(Area(probabilities), Area(thresholded / thresholded.sum(1, keepdim: true)), 1e-4);

        double Area(Tensor scores)
        {
            var values = scores.data<double>().ToArray();
            var table = new double[300, 3];
            Buffer.BlockCopy(values, 0, table, 0, values.Length * sizeof(double));
            return RocAuc.OneVersusRest(table, labels);
        }
    }

    [Fact]
    public void The_second_phase_learns_the_frequencies_where_features_say_nothing()
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        var network = new SmallConvNet(8, 2, 4, 3);
        var before = network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        // Features are constant, so that only the priors can be learnt: 60, 30 and 10 %.
        long[] classes = [.. Enumerable.Range(0, 100).Select(i => i < 60 ? 0L : i < 90 ? 1 : 2)];
        var examples = Enumerable.Range(0, 100).Select(i => (long)i).ToArray();
        TwoPhaseTraining.TrainLastLayer(
            zeros(100, 4), tensor(classes), network.Last, new ShuffledBatches(examples, 50, new Seed(4)), 120, step => 0.5 * (1 - step / 120.0),
            TestContext.Current.CancellationToken);
        var shares = network.Last.call(zeros(1, 4)).softmax(1).data<float>().ToArray();
        Assert.Equal(0.6, shares[0], 0.02);
        Assert.Equal(0.1, shares[2], 0.02);
        foreach (var (name, value) in network.state_dict())
            Assert.Equal(name != "_last.bias", value.equal(before[name]).all().item<bool>());
    }

    [Fact]
    public void The_network_is_its_last_layer_on_its_features()
    {
        using var scope = NewDisposeScope();
        new Seed(5).SeedTorch();
        using var network = new SmallConvNet(14, 3, 6, 10);
        var images = rand([2, 1, 14, 14]);
        Assert.Equal([2, 6], network.Features(images).shape);
        Assert.True(allclose(network.call(images), network.Last.call(network.Features(images))));
        Assert.True(network.Features(images).ge(0).all().item<bool>());
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => PriorThresholding.Apply(ones(2, 2), _priors));
        Assert.Throws<ArgumentException>(() => PriorThresholding.Apply(ones(2, 3), [0.5, 0.5, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmallConvNet(3, 2, 4, 3));
    }
}
