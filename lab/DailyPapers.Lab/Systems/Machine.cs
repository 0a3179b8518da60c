using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Timing;

namespace DailyPapers.Lab.Systems;

/// <summary>What the running process can say about its machine.</summary>
public static class Machine
{
    /// <summary>Describes this machine for a result's record.</summary>
    public static MachineEnvironment Describe() => new()
    {
        OperatingSystem = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        CpuModel = CpuModel(),
        LogicalCores = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        LastCacheBytes = CpuCaches.Read().Largest is > 0 and var cache ? cache : null,
        Simd = [.. Simd()],
        DotNet = Environment.Version.ToString(),
    };

    private static IEnumerable<string> Simd()
    {
        if (Sse42.IsSupported) yield return "sse4.2";
        if (Avx.IsSupported) yield return "avx";
        if (Avx2.IsSupported) yield return "avx2";
        if (Fma.IsSupported) yield return "fma";
        if (Avx512F.IsSupported) yield return "avx512f";
        if (Avx512BW.IsSupported) yield return "avx512bw";
        if (Avx512DQ.IsSupported) yield return "avx512dq";
        if (AdvSimd.IsSupported) yield return "neon";
    }

    private static string CpuModel()
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return LinuxCpuModel() ?? "unknown";
            if (OperatingSystem.IsMacOS())
                return Output("sysctl", "-n machdep.cpu.brand_string");
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }

    private static string? LinuxCpuModel()
    {
        foreach (var line in File.ReadLines("/proc/cpuinfo"))
            if (line.StartsWith("model name", true, CultureInfo.InvariantCulture) || line.StartsWith("Hardware", StringComparison.Ordinal))
                return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return null;
    }

    private static string Output(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output.Length > 0 ? output : "unknown";
    }
}
