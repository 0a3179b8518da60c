using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DailyPapers.Lab.Timing;

/// <summary>Seconds that the calling thread has run: on Linux its processor time, which other processes' turns don't lengthen; elsewhere wall time.</summary>
internal static unsafe partial class ThreadClock
{
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID

    private static readonly bool _available = OperatingSystem.IsLinux() && Environment.Is64BitProcess && Read() is not null;

    internal static string Name => _available ? "processor time of the thread" : "wall time";

    internal static double Seconds() => _available ? Read()!.Value : WallSeconds();

    internal static double WallSeconds() => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    private static double? Read()
    {
        var time = stackalloc long[2]; // struct timespec: seconds, nanoseconds
        return ClockGetTime(ThreadProcessorTime, time) == 0 ? time[0] + time[1] * 1e-9 : null;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    private static partial int ClockGetTime(int clock, long* time);
}
