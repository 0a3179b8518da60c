namespace DailyPapers.Search;

/// <summary>One part of a hit's score.</summary>
/// <param name="Name">What it is for, such as <c>words</c> or <c>meaning</c>.</param>
/// <param name="Value">What was measured, on the scale of 0 to 1 that its weight applies to.</param>
/// <param name="Weight">How much it counts.</param>
/// <param name="Note">What stands behind the value, in a few words.</param>
public sealed record ScorePart(string Name, double Value, double Weight, string Note)
{
    /// <summary>What it adds to the score.</summary>
    public double Contribution => Value * Weight;
}
