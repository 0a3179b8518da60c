namespace DailyPapers.Lab.Architectures.Transformers;

/// <summary>Sizes of a <see cref="CausalLanguageModel"/>.</summary>
/// <param name="Vocabulary">Number of different tokens.</param>
/// <param name="Context">The most tokens it reads at a time.</param>
/// <param name="Dim">Channels of a token.</param>
/// <param name="Depth">Number of blocks.</param>
/// <param name="Heads">Heads of the attention.</param>
/// <param name="MlpRatio">Hidden channels of the feed-forward part, as a multiple of <paramref name="Dim"/>.</param>
public sealed record CausalLanguageModelOptions(int Vocabulary, int Context, int Dim, int Depth, int Heads, int MlpRatio = 4)
{
    /// <summary>Hidden channels of the feed-forward part.</summary>
    public int Hidden => MlpRatio * Dim;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Vocabulary, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Context, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Dim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 1);
    }
}
