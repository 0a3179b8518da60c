using System.Runtime.InteropServices;

namespace DailyPapers.Lab.Systems;

/// <summary>Native memory that libtorch has freed.</summary>
public static partial class FreedMemory
{
    // glibc's malloc.h.
    private const int TrimThreshold = -1;
    private const int MostMappings = -4;

    /// <summary>
    /// Keeps freed native memory in the process for the next allocation. A training step makes and frees the same large tensors again
    /// and again; the C library would hand their memory back to the system each time, and the page faults of fresh memory can then
    /// cost as much as the arithmetic. The process stays as large as it once was.
    /// </summary>
    /// <remarks>It concerns the whole process, so programs choose it, not libraries. Call it once, at the start.</remarks>
    /// <returns>Whether the C library took it: glibc does; others have no such switch, and nothing changes.</returns>
    public static bool Keep()
    {
        try
        {
            return OperatingSystem.IsLinux() && SetOption(MostMappings, 0) == 1 && SetOption(TrimThreshold, int.MaxValue) == 1;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
