using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Optimization.GradientNoise;

/// <summary>
/// What came of many trainings from different random starts: some reach a score and the others don't, which a mean alone would hide
/// (arXiv:1511.06807, section 4, counts successes over restarts).
/// </summary>
public sealed class RestartStudy
{
    /// <summary>A study.</summary>
    /// <param name="scores">The final score of each restart, at least one; NaN is a failure and counts as <paramref name="worst"/>.</param>
    /// <param name="success">The score that a success exceeds.</param>
    /// <param name="worst">The score of a training that diverged.</param>
    public RestartStudy(IEnumerable<double> scores, double success, double worst = 0)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Scores = [.. scores.Select(score => double.IsNaN(score) ? worst : score)];
        if (Scores.Count == 0)
            throw new ArgumentException("A study needs at least one restart.", nameof(scores));
        Successes = Scores.Count(score => score > success);
    }

    /// <summary>Final scores, in the order given.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>Restarts that exceed the score.</summary>
    public int Successes { get; }

    /// <summary>Restarts that do not.</summary>
    public int Failures => Scores.Count - Successes;

    /// <summary>The share of successes.</summary>
    public double Share => Successes / (double)Scores.Count;

    /// <summary>The mean score, failures included.</summary>
    public double MeanScore => SeedStatistics.Mean([.. Scores]);

    // #region compare
    /// <summary>How often chance alone would make this study's successes exceed the other's by as much: Fisher's exact test, one-sided.</summary>
    public double PValueOfMoreSuccesses(RestartStudy other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return FisherExactTest.Greater(Successes, Failures, other.Successes, other.Failures);
    }

    /// <summary>Successes a restart over those of the other, which counts at least one success so that the ratio is finite and never flattered by an empty baseline.</summary>
    public double SuccessRatio(RestartStudy other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Share / (Math.Max(1, other.Successes) / (double)other.Scores.Count);
    }
    // #endregion compare

    /// <summary>Wilson's 95 % interval for the probability of success, which stays inside 0 to 1 even at no success or no failure.</summary>
    public Interval ShareInterval
    {
        get
        {
            const double z = 1.959963984540054;
            double n = Scores.Count, centre = (Share + z * z / (2 * n)) / (1 + z * z / n);
            var half = z / (1 + z * z / n) * Math.Sqrt(Share * (1 - Share) / n + z * z / (4 * n * n));
            return new(Math.Max(0, centre - half), Math.Min(1, centre + half));
        }
    }
}
