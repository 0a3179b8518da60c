namespace DailyPapers.Community.Scoring;

/// <summary>A paper's score in the form that need not be rewritten as time passes; see <see cref="ScoreFormula"/>.</summary>
public sealed class PaperScore
{
    /// <summary>The paper.</summary>
    public long PaperId { get; set; }

    /// <summary>When the paper appeared: the day of its newest edition, or of its publication while it is in none.</summary>
    public DateTimeOffset AppearedAt { get; set; }

    /// <summary>The lasting part as <see cref="DecayedSum"/>; among lasting parts alone the larger is the better at any time.</summary>
    public double Lasting { get; set; }

    /// <summary>The lively part as <see cref="DecayedSum"/>; null while nothing happened.</summary>
    public double? Lively { get; set; }

    /// <summary>How unlike the papers of the weeks before it is, 0 to 1; null until its vector is there.</summary>
    public double? Novelty { get; set; }

    /// <summary>The recent paper it is most like, when novelty was measured and there was one.</summary>
    public long? NearestPaperId { get; set; }
}
