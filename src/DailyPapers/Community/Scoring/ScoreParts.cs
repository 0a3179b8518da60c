namespace DailyPapers.Community.Scoring;

/// <summary>What a paper's score is made of at one moment; the parts add up to it.</summary>
/// <param name="Freshness">That it appeared lately.</param>
/// <param name="Novelty">That it is unlike the papers of the weeks before.</param>
/// <param name="Elsewhere">Votes at Hugging Face.</param>
/// <param name="Upvotes">Upvotes here, weighed.</param>
/// <param name="Comments">Comments here.</param>
/// <param name="Submissions">That somebody submitted it.</param>
/// <param name="Velocity">What of this happened in the last hours, once more.</param>
public sealed record ScoreParts(double Freshness, double Novelty, double Elsewhere, double Upvotes, double Comments, double Submissions, double Velocity)
{
    /// <summary>The score.</summary>
    public double Total => Freshness + Novelty + Elsewhere + Upvotes + Comments + Submissions + Velocity;
}
