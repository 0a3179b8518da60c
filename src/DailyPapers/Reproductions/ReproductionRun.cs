namespace DailyPapers.Reproductions;

/// <summary>A finished run of a paper's reproduction, shipped with the product or made here.</summary>
public sealed class ReproductionRun
{
    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>The name the lab knows the paper by.</summary>
    public required string LabSlug { get; set; }

    /// <summary><c>quick</c> or <c>full</c>.</summary>
    public required string Mode { get; set; }

    /// <summary>When the run started.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>The overall verdict's name, for lists.</summary>
    public required string Verdict { get; set; }

    /// <summary>True for the results that came with the product.</summary>
    public bool IsShipped { get; set; }

    /// <summary>Whether its setting is that of its mode, so that its verdict is the paper's; with other parameters a run is a reader's own.</summary>
    public bool IsStandard { get; set; } = true;

    /// <summary>SHA-256 of <see cref="ResultJson"/> in hex: importing a result twice changes nothing.</summary>
    public required string ContentHash { get; set; }

    /// <summary>The whole result record as the lab wrote it.</summary>
    public required string ResultJson { get; set; }

    /// <summary>The figures.</summary>
    public List<ReproductionFigure> Figures { get; set; } = [];
}
