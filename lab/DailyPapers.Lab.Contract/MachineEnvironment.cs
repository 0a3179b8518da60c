namespace DailyPapers.Lab.Contract;

/// <summary>The machine a run happened on.</summary>
public sealed record MachineEnvironment
{
    /// <summary>Operating system and version.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Processor architecture (<c>x64</c>, <c>arm64</c>).</summary>
    public required string Architecture { get; init; }

    /// <summary>The processor's own name, or "unknown".</summary>
    public required string CpuModel { get; init; }

    /// <summary>Logical cores available to the process.</summary>
    public required int LogicalCores { get; init; }

    /// <summary>Memory available to the process (a container's limit counts), in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Size of the processor's largest data cache in bytes; null where nothing tells, and in results from before it was recorded.</summary>
    public long? LastCacheBytes { get; init; }

    /// <summary>Instruction sets that .NET may use, lower-case (<c>avx2</c>, <c>fma</c>, <c>avx512f</c>, <c>neon</c>).</summary>
    public required IReadOnlyList<string> Simd { get; init; }

    /// <summary>The .NET runtime's version.</summary>
    public required string DotNet { get; init; }
}
