using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization.LongTail;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.LongTailMemorization;

/// <summary>Gaussian subpopulations whose frequencies come from a prior: a training sample and a test sample.</summary>
internal sealed class ClassificationTask : IDisposable
{
    internal const int Classes = 10;
    internal const int Dimension = 64;

    internal ClassificationTask(FrequencyPrior prior, int train, int test, double noise, Seed seed)
    {
        Frequencies = prior.Draw(seed.Stream("frequencies"));
        Sample = new(Frequencies, train, seed.Stream("train"));
        TestSample = new(Frequencies, test, seed.Stream("test"));
        using var clusters = new GaussianSubpopulations(prior.Subpopulations, Dimension, Classes, noise, seed.Stream("clusters"));
        (Inputs, Labels) = clusters.Sample(Sample.Subpopulations, seed.Stream("train noise"));
        (TestInputs, TestLabels) = clusters.Sample(TestSample.Subpopulations, seed.Stream("test noise"));
        foreach (var tensor in (Tensor[])[Inputs, Labels, TestInputs, TestLabels])
            tensor.DetachFromDisposeScope();
    }

    /// <summary>D.</summary>
    internal double[] Frequencies { get; }

    internal SubpopulationSample Sample { get; }

    internal SubpopulationSample TestSample { get; }

    internal Tensor Inputs { get; } // (n, d)

    internal Tensor Labels { get; } // (n,)

    internal Tensor TestInputs { get; } // (m, d)

    internal Tensor TestLabels { get; } // (m,)

    /// <summary>Which training examples are classified wrongly, given the classes said.</summary>
    internal bool[] WrongInTraining(Tensor said) => Wrong(said, Labels);

    /// <summary>Which test examples are.</summary>
    internal bool[] WrongInTest(Tensor said) => Wrong(said, TestLabels);

    /// <summary>Share of errors in percent, of the whole test sample or of the frequent or rare half of the population.</summary>
    internal double TestError(bool[] wrong, bool? frequentHalf = null)
    {
        var frequent = SubpopulationRisk.FrequentHalf(Frequencies);
        return 100 * wrong.Where((_, i) => frequentHalf is null || frequent[TestSample.Subpopulations[i]] == frequentHalf).Average(value => value ? 1.0 : 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[Inputs, Labels, TestInputs, TestLabels])
            tensor.Dispose();
    }

    private static bool[] Wrong(Tensor said, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return said.ne(labels).data<bool>().ToArray();
    }
}
