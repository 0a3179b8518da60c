using DailyPapers.Lab.Architectures.RaftMlp;

namespace DailyPapers.Lab.Runner.Papers.RaftMlp;

/// <summary>The networks that are compared: one patch, one number of channels, one depth.</summary>
internal sealed record Sizes(int Dim, int Depth)
{
    internal const int Side = 28;
    internal const int Patch = 4;

    private const int Classes = 10;
    private const int TokenExpansion = 2;
    private const int ChannelExpansion = 4;
    private const int Grid = Side / Patch;

    /// <summary>RaftMLP of one level.</summary>
    internal RaftMlpOptions Raft(int raft) => new(Side, 1, [new(Dim, Depth, [Patch], raft)], Classes, TokenExpansion, ChannelExpansion);

    /// <summary>MLP-Mixer with the token mixing's hidden width of the same multiple of its input, as in the authors' comparison.</summary>
    internal MlpMixerOptions Mixer => new(Side, Patch, Dim, Depth, TokenExpansion * Grid * Grid, ChannelExpansion * Dim, Classes, Channels: 1);

    /// <summary>MLP-Mixer with the hidden width that its own authors use, half the channels.</summary>
    internal MlpMixerOptions SlimMixer => Mixer with { TokenHidden = Dim / 2 };
}
