using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Numerics.Kernels;

/// <summary>Hints that memory will be needed.</summary>
internal static unsafe class Prefetch
{
    /// <summary>Fetches the cache line of an address, which may lie outside of any allocation; nothing on processors without the hint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Line(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }
}
