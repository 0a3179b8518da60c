using System.Runtime.InteropServices;

namespace DailyPapers.Lab.Timing;

/// <summary>Keeps the calling thread on one logical core until disposed, so that a timing isn't split by a migration.</summary>
/// <remarks>Linux only; elsewhere, or when the system refuses, nothing happens and <see cref="Core"/> is null. Dispose on the same thread.</remarks>
public sealed unsafe partial class PinnedThread : IDisposable
{
    private const int MaskBytes = 128;
    private readonly byte[] _before = new byte[MaskBytes];

    private PinnedThread(int? core) => Core = core;

    /// <summary>The core the thread is pinned to, or null.</summary>
    public int? Core { get; private set; }

    /// <summary>Pins the calling thread to the last core it may use (the first tends to serve interrupts).</summary>
    public static PinnedThread ToLastCore()
    {
        if (!OperatingSystem.IsLinux())
            return new(null);
        var pinned = new PinnedThread(null);
        fixed (byte* before = pinned._before)
        {
            if (GetAffinity(0, MaskBytes, before) < 0)
                return pinned;
        }
        var core = MaskBytes * 8 - 1;
        while (core >= 0 && (pinned._before[core / 8] >> (core % 8) & 1) == 0)
            core--;
        if (core < 0)
            return pinned;
        var mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        mask[core / 8] = (byte)(1 << (core % 8));
        if (SetAffinity(0, MaskBytes, mask) == 0)
            pinned.Core = core;
        return pinned;
    }

    /// <summary>Lets the thread run where it could before.</summary>
    public void Dispose()
    {
        if (Core is null)
            return;
        fixed (byte* before = _before)
            _ = SetAffinity(0, MaskBytes, before);
        Core = null;
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint bytes, byte* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint bytes, byte* mask);
}
