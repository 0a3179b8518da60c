using DailyPapers.Lab.Data;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.WeightCompander;

/// <summary>Vectors in classes. Inputs (n, dimension), float32; labels (n,), int64.</summary>
internal sealed record ClassificationTask(Tensor TrainInputs, Tensor TrainLabels, Tensor TestInputs, Tensor TestLabels, int Classes) : IDisposable
{
    private const int MixtureClasses = 20;
    private const int MixtureDimension = 50;
    private const double MeanDeviation = 0.5;

    internal int Dimension => (int)TrainInputs.shape[1];

    /// <summary>Few digits: a network learns them by heart.</summary>
    internal static ClassificationTask FewDigits(int train, int test, Seed seed)
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = Digits.Shuffled(seed);
        return Split(inputs.narrow(0, 0, train + test), labels.narrow(0, 0, train + test), train, Digits.Classes);
    }

    /// <summary>Twenty Gaussian classes in 50 dimensions, means N(0, 0.5² I) and noise N(0, I); a share of the training labels is replaced by another class.</summary>
    internal static ClassificationTask NoisyMixture(int train, int test, double wrong, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.Stream("inputs").ToGenerator();
        var random = seed.Stream("labels").ToRandom();
        var means = MeanDeviation * randn([MixtureClasses, MixtureDimension], generator: generator);
        var classes = Enumerable.Range(0, train + test).Select(_ => (long)random.Next(MixtureClasses)).ToArray();
        var inputs = means.index_select(0, tensor(classes)) + randn([train + test, MixtureDimension], generator: generator);
        for (var i = 0; i < train; i++)
            if (random.NextDouble() < wrong)
                classes[i] = (classes[i] + 1 + random.Next(MixtureClasses - 1)) % MixtureClasses;
        return Split(inputs, tensor(classes), train, MixtureClasses);
    }

    public void Dispose()
    {
        TrainInputs.Dispose();
        TrainLabels.Dispose();
        TestInputs.Dispose();
        TestLabels.Dispose();
    }

    private static ClassificationTask Split(Tensor inputs, Tensor labels, int train, int classes)
    {
        var (seen, unseen) = (inputs.narrow(0, 0, train), inputs.narrow(0, train, inputs.shape[0] - train));
        var (mean, deviation) = (seen.mean(), seen.std());
        return new(
            ((seen - mean) / deviation).MoveToOuterDisposeScope(), labels.narrow(0, 0, train).clone().MoveToOuterDisposeScope(),
            ((unseen - mean) / deviation).MoveToOuterDisposeScope(), labels.narrow(0, train, labels.shape[0] - train).clone().MoveToOuterDisposeScope(), classes);
    }
}
