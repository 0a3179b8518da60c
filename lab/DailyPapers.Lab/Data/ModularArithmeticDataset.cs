using static TorchSharp.torch;

namespace DailyPapers.Lab.Data;

/// <summary>
/// All pairs of residues modulo p with the result of an operation as label, split at random; a fraction of the training labels
/// is wrong (arXiv:2310.13061, section 2).
/// </summary>
/// <remarks>A wrong label is uniform over the p - 1 residues that are not the result, so that none is right by chance.</remarks>
public sealed class ModularArithmeticDataset : IDisposable
{
    /// <summary>Draws the split and the wrong labels.</summary>
    /// <param name="modulus">p, at least 2.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="trainFraction">alpha, the share of the p^2 pairs to train on; 0 to 1, and both parts must get a pair.</param>
    /// <param name="corruption">xi, the share of the training labels that are wrong, from 0 to 1; rounded to whole labels.</param>
    /// <param name="seed">The stream of the draw.</param>
    public ModularArithmeticDataset(int modulus, ModularOperation operation, double trainFraction, double corruption, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modulus, 2);
        if (!Enum.IsDefined(operation))
            throw new ArgumentOutOfRangeException(nameof(operation), operation, "The operation must be addition or multiplication.");
        var train = trainFraction is > 0 and < 1 ? (int)Math.Round(trainFraction * modulus * modulus) : 0;
        if (train < 1 || train >= modulus * modulus)
            throw new ArgumentOutOfRangeException(nameof(trainFraction), trainFraction, "The training fraction must leave at least one pair to train on and one to test on.");
        if (corruption is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(corruption), corruption, "The share of wrong labels must be from 0 to 1.");

        Modulus = modulus;
        var pairs = Enumerable.Range(0, modulus * modulus).ToArray();
        seed.Stream("split").ToRandom().Shuffle(pairs);
        var random = seed.Stream("labels").ToRandom();
        var wrong = (int)Math.Round(corruption * train);
        var labels = new long[train];
        // The order is random already, so the first pairs are a random subset.
        for (var i = 0; i < train; i++)
            labels[i] = (Result(pairs[i], modulus, operation) + (i < wrong ? random.Next(1, modulus) : 0)) % modulus;
        WrongCount = wrong;
        Train = Part(pairs.AsSpan(0, train), modulus, operation);
        Test = Part(pairs.AsSpan(train), modulus, operation);
        TrainLabels = tensor(labels).DetachFromDisposeScope();
    }

    /// <summary>p.</summary>
    public int Modulus { get; }

    /// <summary>How many training labels are wrong; they are the first ones.</summary>
    public int WrongCount { get; }

    /// <summary>Training pairs with their right results.</summary>
    public ModularPairs Train { get; }

    /// <summary>The labels to train on, wrong ones included, (n,) of 64-bit integers.</summary>
    public Tensor TrainLabels { get; }

    /// <summary>The other pairs, with their right results.</summary>
    public ModularPairs Test { get; }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
        TrainLabels.Dispose();
    }

    private static ModularPairs Part(ReadOnlySpan<int> pairs, int modulus, ModularOperation operation)
    {
        long[] left = new long[pairs.Length], right = new long[pairs.Length], results = new long[pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
            (left[i], right[i], results[i]) = (pairs[i] / modulus, pairs[i] % modulus, Result(pairs[i], modulus, operation));
        return new(
            tensor(left).DetachFromDisposeScope(), tensor(right).DetachFromDisposeScope(), tensor(results).DetachFromDisposeScope());
    }

    private static long Result(int pair, int modulus, ModularOperation operation)
    {
        long left = pair / modulus, right = pair % modulus;
        return (operation == ModularOperation.Addition ? left + right : left * right) % modulus;
    }
}
