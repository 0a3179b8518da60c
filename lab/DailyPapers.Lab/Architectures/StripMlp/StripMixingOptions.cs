namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>Which pieces a <see cref="StripTokenMixing"/> has; the defaults are the paper's.</summary>
/// <param name="Neighbors">Strips to either side that a strip reads; 0 leaves the neighbours out.</param>
/// <param name="Cascade">Whether columns are mixed after rows; else both side by side.</param>
/// <param name="Local">Whether half of the channels go through <see cref="LocalStripMixing"/>; else all go through <see cref="CascadeGroupStripMixing"/>.</param>
/// <param name="Patches">Channel patches that share weights; by the reference code's rule unless given.</param>
public sealed record StripMixingOptions(int Neighbors = 1, bool Cascade = true, bool Local = true, int? Patches = null)
{
    /// <summary>The reference code's number of patches for a block of <paramref name="channels"/>: 2 for multiples of 80, else 4.</summary>
    public static int DefaultPatches(long channels) => channels % 80 == 0 ? 2 : 4;
}
