namespace DailyPapers.Search.Evaluation;

/// <summary>What is measured of a ranking; each is a number from 0 to 1, and more is better.</summary>
public enum Metric
{
    /// <summary>Graded gain of the first ten, the better the further ahead, beside the best that any order of the judged documents could give.</summary>
    NdcgAt10,

    /// <summary>One over the place of the first relevant document among the first ten; 0 without one.</summary>
    MrrAt10,

    /// <summary>The share of all relevant documents that is among the first hundred.</summary>
    RecallAt100,

    /// <summary>Mean of the precisions at each relevant document's place, 0 for those not found.</summary>
    AveragePrecision,

    /// <summary>The share of the first ten that was judged at all; where it is low, the other numbers are lower bounds.</summary>
    JudgedAt10,
}
