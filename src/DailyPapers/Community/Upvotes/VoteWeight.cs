namespace DailyPapers.Community.Upvotes;

/// <summary>
/// How much a vote counts. An account of today counts a tenth and one of two weeks in full: w = standing / (1 + Σ likeness),
/// over those who voted for the paper before. Likeness is the share of papers that both have voted for, and for new accounts
/// whether they were made together. So the votes of a ring add up like 1 + 1/2 + 1/3 + …, those of strangers like 1 + 1 + 1 + ….
/// </summary>
/// <remarks>
/// Only earlier votes weigh on a later one, and the weight is fixed when the vote is given: another vote never takes anything
/// from a paper.
/// </remarks>
public static class VoteWeight
{
    private const double LeastStanding = 0.1;
    // Two people who agree on two papers of three may be strangers; on twenty of thirty they hardly are.
    private const double DoubtInVotes = 5;

    private static readonly TimeSpan FullStanding = TimeSpan.FromDays(14);
    private static readonly TimeSpan MadeTogether = TimeSpan.FromHours(1);

    /// <summary>What an account of this age counts by itself, 0.1 to 1.</summary>
    public static double Standing(TimeSpan age) => LeastStanding + ((1 - LeastStanding) * Math.Clamp(age / FullStanding, 0, 1));

    /// <summary>The weight of a vote, more than 0 and at most 1.</summary>
    /// <param name="age">How old the account is that votes.</param>
    /// <param name="votes">The other papers it has voted for, as far as they are looked at.</param>
    /// <param name="earlier">Those who voted for the paper before.</param>
    public static double Of(TimeSpan age, int votes, IEnumerable<Voter> earlier) =>
        Standing(age) / (1 + earlier.Sum(voter => Likeness(age, votes, voter)));

    private static double Likeness(TimeSpan age, int votes, Voter voter)
    {
        var either = votes + voter.Votes - voter.Shared;
        var agreement = voter.Shared / (either + DoubtInVotes);
        var together = voter.MadeApart.Duration() <= MadeTogether ? (1 - Standing(age)) * (1 - Standing(voter.Age)) : 0;
        return Math.Min(1, agreement + together);
    }
}
