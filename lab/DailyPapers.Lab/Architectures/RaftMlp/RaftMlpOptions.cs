namespace DailyPapers.Lab.Architectures.RaftMlp;

/// <summary>Sizes of a <see cref="RaftMlp"/>.</summary>
/// <param name="Side">Rows and columns of the images that it is made for.</param>
/// <param name="Channels">Channels of an image.</param>
/// <param name="Levels">The levels, first to last.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="TokenExpansion">Hidden width of the token mixings as a multiple of r times the grid's side.</param>
/// <param name="ChannelExpansion">Hidden width of the channel mixings as a multiple of the channels.</param>
/// <param name="Resizes">Whether other sizes of image are taken, by bicubic interpolation around the token mixings.</param>
public sealed record RaftMlpOptions(
    int Side, int Channels, IReadOnlyList<RaftMlpLevel> Levels, int Classes, int TokenExpansion = 2, int ChannelExpansion = 4, bool Resizes = true)
{
    /// <summary>RaftMLP-S at 224 × 224: 9.9 million parameters.</summary>
    public static RaftMlpOptions Small { get; } = Published(64, 128, 256, 512);

    /// <summary>RaftMLP-M at 224 × 224: 21.4 million parameters.</summary>
    public static RaftMlpOptions Medium { get; } = Published(96, 192, 384, 768);

    /// <summary>RaftMLP-L at 224 × 224: 36.2 million parameters.</summary>
    public static RaftMlpOptions Large { get; } = Published(128, 192, 512, 1024);

    /// <summary>Numbers that are trained, by the formulas of the parts.</summary>
    public long Parameters
    {
        get
        {
            var (total, channels, side) = (0L, Channels, (long)Side);
            foreach (var level in Levels)
            {
                side = (side + level.Stride - 1) / level.Stride;
                total += MultiScalePatchEmbedding.Parameters(channels, level.Dim, level.Kernels)
                    + level.Depth * (2 * RaftTokenMixing.Parameters(side, level.Dim, level.Raft, TokenExpansion) + ChannelMixing.Parameters(level.Dim, ChannelExpansion * level.Dim));
                channels = level.Dim;
            }
            return total + 2L * channels + (channels + 1L) * Classes;
        }
    }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Side, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Levels.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Classes, 2);
        foreach (var level in Levels)
            ArgumentOutOfRangeException.ThrowIfLessThan(level.Depth, 1, nameof(Levels));
    }

    private static RaftMlpOptions Published(int first, int second, int third, int fourth) =>
        new(224, 3, [new(first, 2, [4, 8]), new(second, 2, [2, 4]), new(third, 6, [2, 4]), new(fourth, 2, [2])], 1000);
}
