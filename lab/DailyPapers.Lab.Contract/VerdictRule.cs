using System.Globalization;

namespace DailyPapers.Lab.Contract;

/// <summary>The one place where numbers become verdicts.</summary>
public static class VerdictRule
{
    /// <summary>Decides a claim from the mean over seeds and its 95 % interval. Thresholds are never bent: this is all there is.</summary>
    /// <remarks>
    /// In this order:
    /// <list type="number">
    /// <item><see cref="Verdict.NotAtThisScale"/> when <paramref name="missingScale"/> says what the run lacked.</item>
    /// <item><see cref="Verdict.NotReproduced"/> when the mean is absent, NaN or infinite: a seed that diverged or reported nothing supports no claim.</item>
    /// <item><see cref="Verdict.Reproduced"/> when the mean passes the criterion and the interval excludes the null value.</item>
    /// <item><see cref="Verdict.Partly"/> when the direction holds: at least, mean above null; at most, mean below null;
    /// within, mean nearer to the band than the null is. This includes a mean that passes while the interval holds the null
    /// value or is undefined, as it is for a single seed.</item>
    /// <item><see cref="Verdict.NotReproduced"/> otherwise.</item>
    /// </list>
    /// </remarks>
    /// <param name="criterion">The declared test.</param>
    /// <param name="mean">Mean over seeds, or null when no seed reported.</param>
    /// <param name="interval">95 % interval of the mean; null when undefined.</param>
    /// <param name="missingScale">What the machine or mode lacks (<see cref="ScaleRequirement.WhatIsMissing"/>), or null.</param>
    public static (Verdict Verdict, string Note) Judge(Criterion criterion, double? mean, Interval? interval, string? missingScale = null)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        if (missingScale is not null)
            return (Verdict.NotAtThisScale, $"Not decided here: {missingScale}.");
        if (mean is not { } m || !double.IsFinite(m))
            return (Verdict.NotReproduced, "A seed gave no finite number.");

        var passes = Passes(criterion, m);
        if (passes && interval is not null && !interval.Contains(criterion.NullValue))
            return (Verdict.Reproduced, $"The mean {Text(m)} is {criterion}, and the interval excludes the null.");
        if (!DirectionHolds(criterion, m))
            return (Verdict.NotReproduced, $"The mean {Text(m)} does not move from the null towards {criterion}.");
        if (!passes)
            return (Verdict.Partly, $"The mean {Text(m)} moves the claimed way but misses {criterion}.");
        return (Verdict.Partly, interval is null
            ? $"The mean {Text(m)} is {criterion}, but one seed gives no interval."
            : $"The mean {Text(m)} is {criterion}, but the interval does not exclude the null.");
    }

    /// <summary>The verdict on a paper from those on its claims.</summary>
    /// <remarks>
    /// Reproduced when every claim is; not at this scale when every claim is; not reproduced when no claim is even partly
    /// reproduced and at least one was refuted; partly in every other case. So a claim left undecided keeps a paper from "reproduced".
    /// </remarks>
    /// <exception cref="ArgumentException">There are no claims.</exception>
    public static Verdict Overall(IReadOnlyCollection<Verdict> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        if (claims.Count == 0)
            throw new ArgumentException("A paper without claims has no verdict.", nameof(claims));
        if (claims.All(verdict => verdict == Verdict.Reproduced))
            return Verdict.Reproduced;
        if (claims.All(verdict => verdict == Verdict.NotAtThisScale))
            return Verdict.NotAtThisScale;
        return claims.Any(verdict => verdict is Verdict.Reproduced or Verdict.Partly) ? Verdict.Partly : Verdict.NotReproduced;
    }

    private static bool Passes(Criterion criterion, double mean) => criterion.Kind switch
    {
        CriterionKind.AtLeast => mean >= criterion.Threshold,
        CriterionKind.AtMost => mean <= criterion.Threshold,
        _ => mean >= criterion.Lower && mean <= criterion.Upper,
    };

    private static bool DirectionHolds(Criterion criterion, double mean) => criterion.Kind switch
    {
        CriterionKind.AtLeast => mean > criterion.NullValue,
        CriterionKind.AtMost => mean < criterion.NullValue,
        _ => DistanceToBand(criterion, mean) < DistanceToBand(criterion, criterion.NullValue),
    };

    private static double DistanceToBand(Criterion criterion, double value) =>
        Math.Max(0, Math.Max(criterion.Lower!.Value - value, value - criterion.Upper!.Value));

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
