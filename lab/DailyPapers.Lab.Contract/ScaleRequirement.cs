namespace DailyPapers.Lab.Contract;

/// <summary>The smallest scale at which a claim can be decided. A run below it gives <see cref="Verdict.NotAtThisScale"/>.</summary>
public sealed record ScaleRequirement
{
    /// <summary>The scale in words, shown on the page.</summary>
    public required string Description { get; init; }

    /// <summary>Memory the machine must have, in bytes; null when it doesn't matter.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>
    /// Memory the machine must have, in bytes for each byte of its last cache; null when it doesn't matter. Claims about what doesn't fit
    /// into a cache grow with the machine, and a declaration must say the same on every one.
    /// </summary>
    public int? MemoryPerLastCache { get; init; }

    /// <summary>Logical cores the machine must have; null when it doesn't matter.</summary>
    public int? LogicalCores { get; init; }

    /// <summary>Instruction sets the processor must have, named as in <see cref="MachineEnvironment.Simd"/>.</summary>
    public IReadOnlyList<string> Simd { get; init; } = [];

    /// <summary>Data that the machine must have; null when what comes with the product suffices.</summary>
    public DataRequirement? Data { get; init; }

    /// <summary>Whether the claim is decided by the full budget only.</summary>
    public bool FullModeOnly { get; init; }

    /// <summary>Whether no machine the lab runs on can decide the claim (the paper's own cluster, say).</summary>
    public bool BeyondAnyMachine { get; init; }

    /// <summary>Says what is lacking, or null when <paramref name="machine"/> and <paramref name="mode"/> suffice.</summary>
    public string? WhatIsMissing(MachineEnvironment machine, RunMode mode)
    {
        ArgumentNullException.ThrowIfNull(machine);
        if (BeyondAnyMachine)
            return Description;
        if (Data is not null && Data.Find() is null)
            return Description;
        if (FullModeOnly && mode == RunMode.Quick)
            return $"needs a full run: {Description}";
        var memory = Math.Max(MemoryBytes ?? 0, (MemoryPerLastCache ?? 0) * (machine.LastCacheBytes ?? 0));
        if (machine.MemoryBytes < memory)
            return $"needs {memory >> 20} MiB of memory, this machine has {machine.MemoryBytes >> 20} MiB";
        if (LogicalCores is { } cores && machine.LogicalCores < cores)
            return $"needs {cores} cores, this machine has {machine.LogicalCores}";
        var absent = Simd.Except(machine.Simd, StringComparer.Ordinal).ToList();
        return absent.Count > 0 ? $"needs {string.Join(", ", absent)}, which this processor lacks" : null;
    }
}
