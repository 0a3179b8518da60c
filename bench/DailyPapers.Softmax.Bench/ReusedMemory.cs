using System.Runtime.InteropServices;

namespace DailyPapers.Numerics.Bench;

/// <summary>
/// Lets native allocations reuse memory that the process already has. libtorch allocates its result at every call; the C library hands a
/// large one back to the system each time, and the page faults of fresh memory then cost more than the softmax.
/// </summary>
internal static partial class ReusedMemory
{
    private const int TrimThreshold = -1;
    private const int MostMappings = -4;

    /// <summary>Whether the C library took it; only glibc has the switch.</summary>
    internal static bool Enable() =>
        OperatingSystem.IsLinux() && SetOption(MostMappings, 0) == 1 && SetOption(TrimThreshold, int.MaxValue) == 1;

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
