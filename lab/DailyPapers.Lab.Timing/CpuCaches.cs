using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Lab.Timing;

/// <summary>Sizes of the processor's data caches in bytes; 0 where neither the system nor the processor says.</summary>
/// <param name="L1">First level, of one core.</param>
/// <param name="L2">Second level, of one core on most machines.</param>
/// <param name="L3">Third level, as a whole.</param>
/// <param name="Source">Where the sizes come from, for the reader of a table.</param>
public sealed record CpuCaches(long L1, long L2, long L3, string Source)
{
    private const string LinuxFolder = "/sys/devices/system/cpu/cpu0/cache";

    /// <summary>Asks the system (Linux: sysfs), then the processor (CPUID), which is all that some virtual machines offer.</summary>
    public static CpuCaches Read()
    {
        var caches = FromLinux() ?? FromCpuid() ?? new(0, 0, 0, "unknown");
        // AMD's older leaf counts the L3 of all core complexes together; one thread can fill its own complex's only.
        return caches.L3 == 0 && FromAmdLegacyLeaf() is { } legacy ? legacy : caches;
    }

    /// <summary>The largest cache.</summary>
    public long Largest => Math.Max(L3, Math.Max(L2, L1));

    private static CpuCaches? FromLinux()
    {
        if (!Directory.Exists(LinuxFolder))
            return null;
        var sizes = new long[4];
        foreach (var index in Directory.EnumerateDirectories(LinuxFolder, "index*"))
        {
            if (Text(index, "type") is "Data" or "Unified"
                && int.TryParse(Text(index, "level"), NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level is >= 1 and <= 3)
                sizes[level] = Bytes(Text(index, "size"));
        }
        return sizes[1] > 0 ? new(sizes[1], sizes[2], sizes[3], "sysfs") : null;
    }

    private static string Text(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : "";
    }

    private static long Bytes(string size)
    {
        var unit = size.EndsWith('K') ? 1024 : size.EndsWith('M') ? 1024 * 1024 : 1;
        return long.TryParse(size.TrimEnd('K', 'M'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number * unit : 0;
    }

    // Leaf 4 (Intel) and leaf 0x8000001D (AMD) list one cache a subleaf in the same format.
    private static CpuCaches? FromCpuid()
    {
        if (!X86Base.IsSupported)
            return null;
        foreach (var leaf in new[] { 4, unchecked((int)0x8000001D) })
        {
            if ((uint)X86Base.CpuId(leaf & int.MinValue, 0).Eax < (uint)leaf)
                continue;
            var sizes = new long[4];
            for (var i = 0; i < 8; i++)
            {
                var (eax, ebx, ecx, _) = X86Base.CpuId(leaf, i);
                var type = eax & 31;
                if (type == 0)
                    break;
                var level = (eax >> 5) & 7;
                if (type is 1 or 3 && level is >= 1 and <= 3)
                    sizes[level] = (((uint)ebx >> 22) + 1L) * (((ebx >> 12) & 1023) + 1) * ((ebx & 4095) + 1) * ((uint)ecx + 1L);
            }
            if (sizes[1] > 0)
                return new(sizes[1], sizes[2], sizes[3], "CPUID");
        }
        return null;
    }

    private static CpuCaches? FromAmdLegacyLeaf()
    {
        if (!X86Base.IsSupported || (uint)X86Base.CpuId(int.MinValue, 0).Eax < 0x80000006)
            return null;
        var l1 = (uint)X86Base.CpuId(unchecked((int)0x80000005), 0).Ecx >> 24;
        var (_, _, ecx, edx) = X86Base.CpuId(unchecked((int)0x80000006), 0);
        var (l2, l3) = ((uint)ecx >> 16, (uint)edx >> 18);
        return l1 == 0 || l2 == 0 ? null : new(l1 * 1024L, l2 * 1024L, l3 * 512L * 1024, "CPUID (AMD, L3 of all complexes together)");
    }
}
