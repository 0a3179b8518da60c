using static TorchSharp.torch;

namespace DailyPapers.Lab.Data;

/// <summary>
/// Classes that are mixtures of one common and several rare Gaussian modes: most examples of a class are much alike, which is what
/// lets a data set be pruned.
/// </summary>
/// <remarks>Means ~ N(0, spread² I), noise ~ N(0, I). Inputs are float32.</remarks>
public sealed class RareModes : IDisposable
{
    private readonly Tensor _means; // (classes · modes, d); a class's common mode is its first

    /// <summary>Draws the means.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="rareModes">Rare modes in a class.</param>
    /// <param name="commonShare">The share of a class that its common mode holds; rare modes share the rest equally.</param>
    /// <param name="spread">Standard deviation of the means' coordinates, in units of the noise's.</param>
    /// <param name="seed">The stream of the means.</param>
    public RareModes(int dimension, int classes, int rareModes, double commonShare, double spread, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(rareModes, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spread);
        if (commonShare is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(commonShare), commonShare, "The common mode's share must lie between 0 and 1.");
        (Classes, RareModesPerClass, CommonShare) = (classes, rareModes, commonShare);
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        _means = (randn([classes * (rareModes + 1), dimension], generator: generator) * spread).DetachFromDisposeScope();
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Rare modes in a class.</summary>
    public int RareModesPerClass { get; }

    /// <summary>The share of a class that its common mode holds.</summary>
    public double CommonShare { get; }

    /// <summary>Draws examples with classes equally likely.</summary>
    /// <returns>Inputs (n, d); classes (n,), int64; modes (n,), int64, 0 for the common one.</returns>
    public (Tensor Inputs, Tensor Labels, Tensor Modes) Sample(int count, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var scope = NewDisposeScope();
        using var generator = seed.Stream("noise").ToGenerator();
        var random = seed.Stream("classes").ToRandom();
        var (labels, modes, rows) = (new long[count], new long[count], new long[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = random.Next(Classes);
            modes[i] = random.NextDouble() < CommonShare ? 0 : 1 + random.Next(RareModesPerClass);
            rows[i] = labels[i] * (RareModesPerClass + 1) + modes[i];
        }
        var inputs = randn([count, _means.shape[1]], generator: generator).add_(_means.index_select(0, tensor(rows)));
        return (inputs.MoveToOuterDisposeScope(), tensor(labels).MoveToOuterDisposeScope(), tensor(modes).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose() => _means.Dispose();
}
