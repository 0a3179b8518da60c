namespace DailyPapers.Lab.Architectures.Lipschitz;

/// <summary>Sizes of a <see cref="LipschitzTransformer"/>.</summary>
/// <param name="Vocabulary">Number of tokens.</param>
/// <param name="Dim">Channels.</param>
/// <param name="Depth">Number of blocks.</param>
/// <param name="Heads">Heads; Dim / Heads is even.</param>
/// <param name="MlpRatio">Hidden channels of the feed-forward part, as a multiple of <paramref name="Dim"/>.</param>
public sealed record LipschitzTransformerOptions(int Vocabulary, int Dim, int Depth, int Heads, int MlpRatio = 4)
{
    /// <summary>Channels of a head.</summary>
    public int HeadDim => Dim / Heads;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Vocabulary, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Dim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MlpRatio, 1);
        if (Dim % (2 * Heads) != 0)
            throw new ArgumentException($"dim {Dim} is not divisible by twice the heads {Heads}.");
    }
}
