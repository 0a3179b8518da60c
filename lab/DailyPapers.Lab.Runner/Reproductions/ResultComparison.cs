using System.Globalization;
using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>Whether a new run tells the same story as a committed one.</summary>
public static class ResultComparison
{
    // Other processors round differently; that is not a difference worth a failed build.
    private const double RelativeTolerance = 1e-6;

    /// <summary>
    /// What differs, in sentences; empty when the runs agree. They agree on a claim when the verdicts are equal and the 95 % intervals
    /// overlap (the mean stands in for an undefined interval). A machine-dependent metric needs equal verdicts only on an equal processor,
    /// and nothing on another.
    /// </summary>
    public static IReadOnlyList<string> Differences(ReproductionResult committed, ReproductionResult current)
    {
        ArgumentNullException.ThrowIfNull(committed);
        ArgumentNullException.ThrowIfNull(current);
        var differences = new List<string>();
        if (committed.Mode != current.Mode)
            differences.Add($"the committed run is {committed.Mode}, this one {current.Mode}.");
        foreach (var (name, value) in current.Parameters)
            if (!committed.Parameters.TryGetValue(name, out var was) || was != value)
                differences.Add($"parameter {name} is now {value}, the committed run had {(committed.Parameters.ContainsKey(name) ? was : "none")}; write a new record with --update.");
        foreach (var claim in current.Claims)
        {
            var before = committed.Claims.FirstOrDefault(other => other.Claim.Id == claim.Claim.Id);
            if (before is null)
                differences.Add($"claim {claim.Claim.Id} is not in the committed run; write a new record with --update.");
            else
                differences.AddRange(Differences(before, claim, committed.Environment.CpuModel == current.Environment.CpuModel));
        }
        return differences;
    }

    private static IEnumerable<string> Differences(ClaimResult before, ClaimResult now, bool sameProcessor)
    {
        if (before.Claim.Criterion != now.Claim.Criterion)
            yield return $"claim {now.Claim.Id} is now tested as {now.Claim.Criterion}, the committed run tested {before.Claim.Criterion}.";
        if (now.Claim.MachineDependent && !sameProcessor)
            yield break;
        if (before.Verdict != now.Verdict)
            yield return $"claim {now.Claim.Id} is now {now.Verdict}, the committed run says {before.Verdict}.";
        if (!now.Claim.MachineDependent && !Overlap(before, now))
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"claim {now.Claim.Id}: {now.Claim.Metric} is now {now.Mean:G6}, outside the committed {before.Mean:G6} {before.Interval}.");
    }

    private static bool Overlap(ClaimResult before, ClaimResult now)
    {
        if (before.Mean is not { } was || now.Mean is not { } mean)
            return before.Mean is null && now.Mean is null;
        if (double.IsNaN(was) || double.IsNaN(mean))
            return double.IsNaN(was) && double.IsNaN(mean);
        var (a, b) = (before.Interval ?? new(was, was), now.Interval ?? new(mean, mean));
        var slack = RelativeTolerance * Math.Max(Math.Abs(was), Math.Abs(mean));
        return a.Lower <= b.Upper + slack && b.Lower <= a.Upper + slack;
    }
}
