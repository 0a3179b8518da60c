namespace DailyPapers.Lab.Architectures.UnifiedNormalization;

/// <summary>How a <see cref="UnifiedNorm"/> smooths its statistics. The defaults are those of the authors' code.</summary>
/// <param name="Window">M: iterations whose second moments enter the geometric mean; 1 is plain batch statistics with their exact gradient.</param>
/// <param name="WarmupIterations">Iterations with the batch's own second moment, before smoothing and filtration begin.</param>
/// <param name="OutlierFiltration">Whether iterations with an outlying second moment use the batch's own statistics and stay out of the window.</param>
/// <param name="Momentum">α: the share that running statistics keep at each iteration.</param>
/// <param name="Epsilon">Added to the second moment.</param>
/// <param name="GradientWindow">Iterations whose gradient statistics are averaged; <paramref name="Window"/> unless given.</param>
/// <param name="CompensationAfter">Iterations, at least the warm-up, after which gradients are scaled by the ratio of the smoothed to the running deviation, within 1/5 to 5.</param>
public sealed record UnifiedNormOptions(
    int Window = 4, int WarmupIterations = 4000, bool OutlierFiltration = false, double Momentum = 0.9, double Epsilon = 1e-5,
    int? GradientWindow = null, int CompensationAfter = 1000)
{
    /// <summary>What the authors' code advises for translation: no filtration.</summary>
    public static UnifiedNormOptions Translation { get; } = new();

    /// <summary>What the authors' code advises for images: with filtration.</summary>
    public static UnifiedNormOptions Vision { get; } = new(OutlierFiltration: true);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmupIterations);
        ArgumentOutOfRangeException.ThrowIfNegative(CompensationAfter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Epsilon);
        if (!(Momentum >= 0 && Momentum < 1))
            throw new ArgumentOutOfRangeException(nameof(Momentum), Momentum, "The momentum lies from 0 to below 1.");
        if (GradientWindow is { } window)
            ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
    }
}
