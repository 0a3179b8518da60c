namespace DailyPapers.Reproductions;

/// <summary>A figure of a run, kept as SVG text.</summary>
public sealed class ReproductionFigure
{
    /// <summary>The run.</summary>
    public long RunId { get; set; }

    /// <summary>The file name the result record uses.</summary>
    public required string FileName { get; set; }

    /// <summary>The drawing.</summary>
    public required string Svg { get; set; }
}
