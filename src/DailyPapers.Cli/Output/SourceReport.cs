using System.Globalization;
using DailyPapers.Sources;

namespace DailyPapers.Cli.Output;

/// <summary>Prints what an import or harvest did.</summary>
internal static class SourceReport
{
    private const int RejectsShown = 10;

    /// <summary>Prints the summary and returns the exit code it deserves.</summary>
    public static int Print(SourceSummary summary, TimeSpan elapsed, string? rejectsFile = null)
    {
        if (summary.ResumedFrom is { } from)
            Console.WriteLine($"Went on from {from}.");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Accepted:N0} records in {elapsed.TotalSeconds:F1} s ({summary.Accepted / Math.Max(elapsed.TotalSeconds, 0.001):N0}/s): {summary.Added:N0} papers new, {summary.Updated:N0} changed, {summary.Unchanged:N0} as they were, {summary.Rejected:N0} records rejected."));
        if (summary.Rejected == 0)
            return ExitCode.Ok;
        foreach (var reject in summary.Rejects.Take(RejectsShown))
            Console.Error.WriteLine($"rejected {reject.Position}: {reject.Field} {reject.Reason}");
        if (summary.Rejected > RejectsShown)
            Console.Error.WriteLine($"… and {summary.Rejected - RejectsShown:N0} more{(rejectsFile is null ? "; see them all with --rejects FILE" : "")}");
        if (rejectsFile is not null)
            Console.Error.WriteLine($"All rejects are in {rejectsFile}.");
        return ExitCode.Differs;
    }
}
