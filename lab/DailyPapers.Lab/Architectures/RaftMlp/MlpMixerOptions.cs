namespace DailyPapers.Lab.Architectures.RaftMlp;

/// <summary>Sizes of an <see cref="MlpMixer"/>.</summary>
/// <param name="Side">Rows and columns of an image.</param>
/// <param name="Patch">Rows and columns of a patch, a divisor of <paramref name="Side"/>.</param>
/// <param name="Dim">C, channels of a token.</param>
/// <param name="Depth">Number of blocks.</param>
/// <param name="TokenHidden">D_S, hidden width of the token mixing.</param>
/// <param name="ChannelHidden">D_C, hidden width of the channel mixing.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Channels">Channels of an image.</param>
public sealed record MlpMixerOptions(int Side, int Patch, int Dim, int Depth, int TokenHidden, int ChannelHidden, int Classes, int Channels = 3)
{
    /// <summary>Mixer-S/32 at 224 × 224: 19 million parameters.</summary>
    public static MlpMixerOptions Small32 { get; } = new(224, 32, 512, 8, 256, 2048, 1000);

    /// <summary>Mixer-S/16 at 224 × 224: 18 million parameters.</summary>
    public static MlpMixerOptions Small16 { get; } = new(224, 16, 512, 8, 256, 2048, 1000);

    /// <summary>Mixer-B/32 at 224 × 224: 60 million parameters.</summary>
    public static MlpMixerOptions Base32 { get; } = new(224, 32, 768, 12, 384, 3072, 1000);

    /// <summary>Mixer-B/16 at 224 × 224: 59 million parameters.</summary>
    public static MlpMixerOptions Base16 { get; } = new(224, 16, 768, 12, 384, 3072, 1000);

    /// <summary>Mixer-L/16 at 224 × 224: 207 million parameters.</summary>
    public static MlpMixerOptions Large16 { get; } = new(224, 16, 1024, 24, 512, 4096, 1000);

    /// <summary>Number of tokens.</summary>
    public int Tokens => Side / Patch * (Side / Patch);

    /// <summary>Numbers that are trained; a token mixing has 2 · tokens · D_S weights.</summary>
    public long Parameters => MultiScalePatchEmbedding.Parameters(Channels, Dim, [Patch])
        + Depth * (2L * Tokens * TokenHidden + TokenHidden + Tokens + 2L * Dim + ChannelMixing.Parameters(Dim, ChannelHidden))
        + 2L * Dim + (Dim + 1L) * Classes;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Side, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Classes, 2);
        if (Side % Patch != 0)
            throw new ArgumentException($"side {Side} is not divisible by patch {Patch}.");
    }
}
