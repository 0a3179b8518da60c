using DailyPapers.Lab.Generalization.LongTail;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.LongTail;

public sealed class LongTailTests
{
    [Fact]
    public void Priors_are_what_their_names_say()
    {
        var zipf = FrequencyPrior.Zipf(100);
        Assert.Equal(1, zipf.Weights.Sum(), 1e-12);
        Assert.Equal(zipf.Weights[0], 10 * zipf.Weights[9], 1e-12);
        var twoLevel = FrequencyPrior.TwoLevel(50, 5, 0.8);
        Assert.Equal(0.8, twoLevel.Weights.Take(5).Sum(), 1e-12);
        Assert.Equal(2, twoLevel.Weights.Distinct().Count());
    }

    [Fact]
    public void Drawn_frequencies_are_weights_of_the_list_over_their_sum()
    {
        var prior = FrequencyPrior.TwoLevel(40, 4, 0.5);
        var frequencies = prior.Draw(new Seed(1));
        Assert.Equal(1, frequencies.Sum(), 1e-12);
        var levels = frequencies.Distinct().Order().ToArray();
        Assert.Equal(2, levels.Length);
        Assert.Equal(prior.Weights[0] / prior.Weights[^1], levels[1] / levels[0], 1e-9);
        Assert.Equal(frequencies, prior.Draw(new Seed(1)));
        Assert.NotEqual(frequencies, prior.Draw(new Seed(2)));
    }

    [Fact]
    public void Equal_frequencies_are_known_whatever_was_seen()
    {
        var tau = SingletonWeight.Tau(new([.. Enumerable.Repeat(1.0, 25)]), 100, 100, 3, new Seed(1));
        Assert.All(tau, value => Assert.Equal(0.04, value, 1e-9));
    }

    [Fact]
    public void Of_two_subpopulations_the_weight_is_that_of_Bayes_rule()
    {
        // Two subpopulations with weights 1 or 3: α is 1/4, 1/2, 1/2 or 3/4, each with probability 1/4.
        const int n = 6, seen = 2;
        double[] frequencies = [0.25, 0.5, 0.5, 0.75];
        double[] likelihoods = [.. frequencies.Select(alpha => Math.Pow(alpha, seen) * Math.Pow(1 - alpha, n - seen))];
        var expected = frequencies.Zip(likelihoods, (alpha, likelihood) => alpha * likelihood).Sum() / likelihoods.Sum();
        var tau = SingletonWeight.Tau(new([1.0, 3.0]), n, n, 20_000, new Seed(2));
        Assert.Equal(expected, tau[seen], 0.005);
        Assert.True(tau.Zip(tau.Skip(1), (less, more) => more > less).All(rising => rising), "More sightings speak for a greater frequency.");
    }

    [Fact]
    public void Singletons_weigh_what_tau_says_in_a_simulation()
    {
        var prior = FrequencyPrior.Zipf(300);
        const int n = 300;
        var tau = SingletonWeight.Tau(prior, n, 2, 2000, new Seed(3));
        double[] mass = new double[3], count = new double[3];
        for (var draw = 0; draw < 1500; draw++)
        {
            var frequencies = prior.Draw(new Seed(4).Stream($"frequencies {draw}"));
            var sample = new SubpopulationSample(frequencies, n, new Seed(4).Stream($"sample {draw}"));
            for (var x = 0; x < frequencies.Length; x++)
                if (sample.Seen[x] <= 2)
                {
                    mass[sample.Seen[x]] += frequencies[x];
                    count[sample.Seen[x]]++;
                }
        }
        for (var seen = 0; seen <= 2; seen++)
            Assert.Equal(1, mass[seen] / count[seen] / tau[seen], 0.02);
    }

    [Fact]
    public void A_long_tail_makes_singletons_dear_and_a_short_one_makes_them_cheap()
    {
        const int n = 2000;
        Assert.InRange(n * SingletonWeight.Tau(FrequencyPrior.Zipf(n), n, 1, 50, new Seed(1))[1], 0.3, 1);
        Assert.InRange(n * SingletonWeight.Tau(FrequencyPrior.TwoLevel(20 * n, n / 50, 0.9), n, 1, 10, new Seed(1))[1], 0.004, 0.006);
    }

    [Fact]
    public void A_sample_follows_the_frequencies()
    {
        double[] frequencies = [0.5, 0, 0.2, 0.3];
        var sample = new SubpopulationSample(frequencies, 20_000, new Seed(5));
        Assert.Equal(20_000, sample.Seen.Sum());
        Assert.Equal(0, sample.Seen[1]);
        for (var x = 0; x < 4; x++)
        {
            Assert.Equal(frequencies[x], sample.Seen[x] / 20_000.0, 0.015);
            Assert.Equal(sample.Seen[x], sample.Subpopulations.Count(y => y == x));
        }
        Assert.Equal(1, sample.Occupancy(3)[0]);
        Assert.Equal(0, sample.Occupancy(3)[1..].Sum());
    }

    [Fact]
    public void The_price_counts_every_subpopulation_once()
    {
        var sample = new SubpopulationSample([0.25, 0.25, 0.5], 40, new Seed(6));
        double[] tau = [.. Enumerable.Range(0, 41).Select(seen => seen / 100.0)];
        var allWrong = Enumerable.Repeat(true, 40).ToArray();
        Assert.Equal(sample.Seen.Sum(seen => tau[seen]), SubpopulationRisk.Price(sample, allWrong, tau), 1e-12);
        Assert.Equal(0, SubpopulationRisk.Price(sample, new bool[40], tau), 1e-12);
        // Beyond the list, a subpopulation counts at its share of the sample: here all of them.
        Assert.Equal(1, SubpopulationRisk.Price(sample, allWrong, [0.0]), 1e-12);
    }

    [Fact]
    public void Risk_is_the_frequency_of_the_wrong_and_halves_are_halves()
    {
        double[] frequencies = [0.1, 0.4, 0.2, 0.3];
        Assert.Equal(0.5, SubpopulationRisk.Error(frequencies, [1, 1, 0, 0]), 1e-12);
        Assert.Equal([false, true, false, true], SubpopulationRisk.FrequentHalf(frequencies));
        Assert.Equal([true, false], SubpopulationRisk.FrequentHalf([0.5, 0.5]));
    }

    [Fact]
    public void Memorization_is_the_gain_from_being_there()
    {
        var score = new MemorizationScore(3);
        // Example 0 is right when it was there; 1 always; 2 is wrong when it was there.
        foreach (var part in (long[][])[[0, 1], [1, 2], [0, 2], [0, 1, 2], [], [1]])
            score.Observe(part, [part.Contains(0), true, !part.Contains(2)]);
        Assert.Equal([1, 0, -1], score.Scores());
    }

    [Fact]
    public void Memorization_without_a_comparison_is_unknown()
    {
        var score = new MemorizationScore(2);
        score.Observe((long[])[0], (bool[])[true, true]);
        Assert.Equal(2, score.Scores().Count(double.IsNaN));
    }

    [Fact]
    public void A_nearest_neighbour_fits_everything_and_a_vote_goes_by_majority()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(7).ToGenerator();
        var inputs = randn(60, 5, generator: generator);
        var labels = randint(0, 4, [60], dtype: int64, generator: generator);
        Assert.True(NearestNeighbours.Classify(inputs, labels, inputs, 1).eq(labels).all().item<bool>());
        float[] places = [0, 1, 2, 10, 11], asked = [0.1f, 10.4f];
        long[] theirs = [0, 1, 1, 2, 2];
        var (line, classes, queries) = (tensor(places).unsqueeze(1), tensor(theirs), tensor(asked).unsqueeze(1));
        Assert.Equal([0L, 2], NearestNeighbours.Classify(line, classes, queries, 1).data<long>().ToArray());
        Assert.Equal([1L, 2], NearestNeighbours.Classify(line, classes, queries, 3).data<long>().ToArray());
        // Two votes each for 1 and 2, one for 0: the nearest of the two decides.
        Assert.Equal([1L, 2], NearestNeighbours.Classify(line, classes, queries, 5).data<long>().ToArray());
    }

    [Fact]
    public void Pruning_takes_the_smallest_weights_of_every_network()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(8).ToGenerator();
        Tensor[] weights = [randn([2, 6, 5], generator: generator), randn([2, 5, 4], generator: generator)];
        var before = cat([.. weights.Select(layer => layer.flatten(1).abs())], 1).clone();
        MagnitudePruner.Prune(weights, 0.4);
        var after = cat([.. weights.Select(layer => layer.flatten(1).abs())], 1);
        for (var network = 0; network < 2; network++)
        {
            var gone = after[network].eq(0);
            Assert.Equal(20, gone.sum().item<long>());
            Assert.True(before[network].masked_select(gone).max().item<float>() < after[network].masked_select(~gone).min().item<float>());
        }
        Assert.True(after.masked_select(after.gt(0)).eq(before.masked_select(after.gt(0))).all().item<bool>());
        MagnitudePruner.Prune(weights, 1);
        Assert.Equal(0, weights.Sum(layer => layer.abs().sum().item<float>()));
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FrequencyPrior([1, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrequencyPrior.TwoLevel(10, 10, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrequencyPrior.TwoLevel(10, 5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SingletonWeight.Tau(FrequencyPrior.Zipf(5), 3, 4, 1, new Seed(1)));
        Assert.Throws<ArgumentException>(() => new SubpopulationSample([0.5, 0.4], 3, new Seed(1)));
        Assert.Throws<ArgumentException>(() => new SubpopulationSample([1.5, -0.5], 3, new Seed(1)));
        Assert.Throws<ArgumentException>(() => SubpopulationRisk.Error([1], [0, 1]));
        Assert.Throws<ArgumentException>(() => new MemorizationScore(2).Observe([2], [true, true]));
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestNeighbours.Classify(zeros(3, 2), zeros(3, dtype: int64), zeros(1, 2), 4));
        Assert.Throws<ArgumentException>(() => NearestNeighbours.Classify(zeros(3, 2), zeros(3, dtype: int64), zeros(1, 3), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MagnitudePruner.Prune([zeros(1, 2, 2)], 1.1));
        Assert.Throws<ArgumentException>(() => MagnitudePruner.Prune([zeros(1, 2, 2), zeros(2, 2, 2)], 0.5));
    }
}
