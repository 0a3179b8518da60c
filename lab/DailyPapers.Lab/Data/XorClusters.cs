using static TorchSharp.torch;

namespace DailyPapers.Lab.Data;

/// <summary>
/// The XOR cluster distribution: four Gaussian clusters on two orthogonal axes, opposite clusters sharing a label, with a
/// constant fraction of labels flipped. No linear classifier beats a coin on it.
/// </summary>
/// <remarks>
/// x = mu + xi with mu uniform on {+mu_1, -mu_1, +mu_2, -mu_2} and xi ~ N(0, I_p); clean label +1 for +-mu_1, -1 for +-mu_2.
/// The means are ||mu|| e_1 and ||mu|| e_2: the noise and an isotropic initialisation are rotation invariant, so any other
/// orthogonal pair gives the same law (arXiv:2310.02541, section 2).
/// </remarks>
/// <param name="Dimension">p, at least 2.</param>
/// <param name="MeanNorm">||mu||, positive.</param>
/// <param name="FlipProbability">eta, from 0 to below 1/2.</param>
public sealed record XorClusters(int Dimension, double MeanNorm, double FlipProbability)
{
    /// <summary>p, at least 2.</summary>
    public int Dimension { get; } = Dimension >= 2
        ? Dimension
        : throw new ArgumentOutOfRangeException(nameof(Dimension), Dimension, "Two orthogonal means need at least two dimensions.");

    /// <summary>||mu||, positive.</summary>
    public double MeanNorm { get; } = MeanNorm > 0
        ? MeanNorm
        : throw new ArgumentOutOfRangeException(nameof(MeanNorm), MeanNorm, "The norm of the means must be positive.");

    /// <summary>eta, from 0 to below 1/2.</summary>
    public double FlipProbability { get; } = FlipProbability is >= 0 and < 0.5
        ? FlipProbability
        : throw new ArgumentOutOfRangeException(nameof(FlipProbability), FlipProbability, "The probability of a flipped label must be from 0 to below 1/2.");

    // #region sample
    /// <summary>Draws <paramref name="count"/> points.</summary>
    /// <param name="count">n, positive.</param>
    /// <param name="seed">The stream of the draw.</param>
    /// <param name="dtype">Element type; float32 when null.</param>
    public XorSample Sample(int count, Seed seed, ScalarType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var type = dtype ?? ScalarType.Float32;
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var axis = randint(0, 2, [count], dtype: ScalarType.Int64, generator: generator); // (n,) 0: mu_1, 1: mu_2
        var side = randint(0, 2, [count], dtype: type, generator: generator) * 2 - 1;      // (n,) +-1
        var flips = rand([count], dtype: type, generator: generator) < FlipProbability;    // (n,)
        var inputs = randn([count, Dimension], dtype: type, generator: generator);         // (n, p) xi
        var means = zeros([count, 2], dtype: type).scatter(1, axis.unsqueeze(1), (side * MeanNorm).unsqueeze(1));
        inputs.narrow(1, 0, 2).add_(means);
        var clean = 1 - 2 * axis.to_type(type);                                            // (n,) +-1
        var labels = where(flips, -clean, clean);                                          // (n,) +-1
        return new(inputs.MoveToOuterDisposeScope(), clean.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
    }
    // #endregion sample
}
