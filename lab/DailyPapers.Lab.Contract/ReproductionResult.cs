namespace DailyPapers.Lab.Contract;

/// <summary>The record of one finished run: <c>result.json</c>.</summary>
public sealed record ReproductionResult
{
    /// <summary>The version of the shapes in this namespace; a reader refuses a newer one.</summary>
    public int SchemaVersion { get; init; } = ReproductionDeclaration.CurrentSchemaVersion;

    /// <summary>The paper's slug.</summary>
    public required string Slug { get; init; }

    /// <summary>Which budget ran.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>When the run started (UTC); of a resumed run, when it last started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Wall-clock seconds of all seeds and figures, resumed parts included.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>
    /// Seconds of processor time in the same, of all threads together: what the run costs on a machine that does nothing else. Null in
    /// results from before it was recorded.
    /// </summary>
    public double? ProcessorSeconds { get; init; }

    /// <summary>The commit the lab was built from; null when it was built outside a repository.</summary>
    public string? Commit { get; init; }

    /// <summary>The machine.</summary>
    public required MachineEnvironment Environment { get; init; }

    /// <summary>Versions of the libraries that computed the numbers, by name.</summary>
    public required IReadOnlyDictionary<string, string> Libraries { get; init; }

    /// <summary>The setting, complete.</summary>
    public required IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; }

    /// <summary>The seeds that ran.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>How long each took.</summary>
    public required IReadOnlyList<SeedTiming> Timings { get; init; }

    /// <summary>The claims, in declared order.</summary>
    public required IReadOnlyList<ClaimResult> Claims { get; init; }

    /// <summary>Metrics without a claim, by name.</summary>
    public required IReadOnlyList<Observation> Observations { get; init; }

    /// <summary>The figures, in drawn order.</summary>
    public required IReadOnlyList<FigureInfo> Figures { get; init; }

    /// <summary>The verdict on the paper, by <see cref="VerdictRule.Overall"/>.</summary>
    public required Verdict Verdict { get; init; }
}
