using DailyPapers.Lab.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.ModularAddition;

/// <summary>What a network does on right and on wrong training labels, and on pairs it never saw; shares from 0 to 1.</summary>
/// <param name="Clean">Share of the training pairs with right labels that get them.</param>
/// <param name="Wrong">Share of the training pairs with wrong labels that get these wrong labels; NaN when none is wrong.</param>
/// <param name="Train">Share of all training labels matched, wrong ones included.</param>
/// <param name="Test">Share of the test pairs that get the right result.</param>
public sealed record CorruptedAccuracy(double Clean, double Wrong, double Train, double Test)
{
    /// <summary>Looks at <paramref name="network"/>, which must be in evaluation mode if it is normalised.</summary>
    public static CorruptedAccuracy Of(QuadraticMlp network, ModularArithmeticDataset data)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        using var scope = NewDisposeScope();
        var matched = network.Predict(data.Train.Left, data.Train.Right).eq(data.TrainLabels);
        var test = network.Predict(data.Test.Left, data.Test.Right).eq(data.Test.Results);
        return Of(matched, data.WrongCount, test);
    }

    // The first training pairs are those with wrong labels.
    internal static CorruptedAccuracy Of(Tensor train, int wrongCount, Tensor test) => new(
        Share(train.narrow(0, wrongCount, train.shape[0] - wrongCount)), Share(train.narrow(0, 0, wrongCount)), Share(train), Share(test));

    private static double Share(Tensor matched) => matched.to_type(ScalarType.Float64).mean().ToDouble();
}
