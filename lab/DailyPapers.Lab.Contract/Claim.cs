namespace DailyPapers.Lab.Contract;

/// <summary>One claim of a paper, made measurable before anything runs.</summary>
public sealed record Claim
{
    /// <summary>Short and stable within the paper, lower-case with hyphens (<c>noise-fitted</c>).</summary>
    public required string Id { get; init; }

    /// <summary>The claim in our own words.</summary>
    public required string Statement { get; init; }

    /// <summary>The name under which seeds report the metric; unique within the paper.</summary>
    public required string Metric { get; init; }

    /// <summary>The metric's unit; <c>1</c> for a plain ratio.</summary>
    public required string Unit { get; init; }

    /// <summary>What the metric is compared with (a coin, the better three-pass kernel).</summary>
    public required string Baseline { get; init; }

    /// <summary>The test the metric must pass.</summary>
    public required Criterion Criterion { get; init; }

    /// <summary>The paper's own figure, as text with its setting; "not stated" where it gives none.</summary>
    public required string PaperFigure { get; init; }

    /// <summary>The smallest scale that decides the claim; null when any machine does.</summary>
    public ScaleRequirement? SmallestScale { get; init; }

    /// <summary>Whether the metric is an exact property that no seed changes, so that one value decides it.</summary>
    public bool Deterministic { get; init; }

    /// <summary>Whether the metric depends on the machine (a time, a speed-up), so that other machines compare verdicts, not values.</summary>
    public bool MachineDependent { get; init; }
}
