using System.Globalization;
using System.Runtime.InteropServices;
using DailyPapers.Search.Vectors;

namespace DailyPapers.Bench;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const string LoadFile = "/proc/loadavg";

    /// <summary>Prints the processors, and how many programs wanted them in the last minutes: above their number, times are longer than on an idle machine.</summary>
    public static void Print() => Console.WriteLine(Invariant(
        $"machine: {Environment.ProcessorCount} processors ({RuntimeInformation.ProcessArchitecture}, {KernelPaths.Best}), {RuntimeInformation.FrameworkDescription}, load {Load}"));

    /// <summary>The resident memory: all of it, and how much of it no file backs.</summary>
    public static string Resident => File.Exists("/proc/self/status")
        ? string.Join(", ", File.ReadLines("/proc/self/status")
            .Where(line => line.StartsWith("VmRSS", StringComparison.Ordinal) || line.StartsWith("Rss", StringComparison.Ordinal))
            .Select(line => line.Split([':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Select(parts => Invariant($"{parts[0]} {long.Parse(parts[1], CultureInfo.InvariantCulture) / 1024:N0} MiB")))
        : Invariant($"{Environment.WorkingSet / 1048576:N0} MiB");

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Load => File.Exists(LoadFile) ? string.Join(' ', File.ReadAllText(LoadFile).Split(' ').Take(3)) : "unknown";
}
