namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>Sizes of a <see cref="StripMlpNet"/>.</summary>
/// <param name="Side">Rows and columns of an image.</param>
/// <param name="Patch">Rows and columns of a patch.</param>
/// <param name="Dim">E, channels of the first stage; each later stage has twice as many.</param>
/// <param name="Depths">Blocks of each stage; each later stage has half the rows and columns.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Channels">Channels of an image.</param>
/// <param name="Alpha">Hidden channels of the channel mixing, as a multiple of the stage's.</param>
/// <param name="DropPath">With which probability a branch is dropped for an example while training.</param>
public sealed record StripMlpConfig(
    int Side, int Patch, int Dim, IReadOnlyList<int> Depths, int Classes, int Channels = 3, int Alpha = 3, double DropPath = 0.1)
{
    /// <summary>Strip-MLP-T*: 18 million parameters, 2.5 GFLOPs.</summary>
    public static StripMlpConfig LightTiny { get; } = new(224, 4, 80, [2, 2, 6, 2], 1000);

    /// <summary>Strip-MLP-T: 25 million parameters, 3.7 GFLOPs.</summary>
    public static StripMlpConfig Tiny { get; } = new(224, 4, 80, [2, 2, 12, 2], 1000);

    /// <summary>Strip-MLP-S: 43 million parameters, 6.8 GFLOPs.</summary>
    public static StripMlpConfig Small { get; } = new(224, 4, 96, [2, 2, 18, 2], 1000);

    /// <summary>Strip-MLP-B: 57 million parameters, 9.2 GFLOPs.</summary>
    public static StripMlpConfig Base { get; } = new(224, 4, 112, [2, 2, 18, 2], 1000);

    /// <summary>Channels of a stage, from 0.</summary>
    public long Width(int stage) => (long)Dim << stage;

    /// <summary>Rows and columns of a stage's feature map, from 0.</summary>
    public int MapSide(int stage) => Side / Patch >> stage;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Side, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Dim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Alpha, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Depths.Count, 1);
        var divisor = Patch << Depths.Count - 1;
        if (Side % divisor != 0)
            throw new ArgumentException($"side {Side} is not divisible by {divisor}, the patch of {Patch} halved resolution {Depths.Count - 1} times.");
    }
}
