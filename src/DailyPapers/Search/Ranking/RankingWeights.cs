namespace DailyPapers.Search.Ranking;

/// <summary>How much each part of a hybrid score counts.</summary>
internal sealed record RankingWeights
{
    /// <summary>The share of meaning while no paper has most of the query's words; words have the rest.</summary>
    public double Meaning { get; init; } = 0.5;

    /// <summary>The share of meaning once a paper has all of them.</summary>
    public double MeaningOfWordsMet { get; init; } = 0.05;

    /// <summary>Up to this share of the attainable lexical score, the best paper does not have the query's words.</summary>
    public double FewWordsMet { get; init; } = 0.7;

    /// <summary>From this share on, it has them all.</summary>
    public double WordsMet { get; init; } = 0.85;

    /// <summary>What a paper of today gains over a very old one: enough to order near ties, too little to lift a worse match.</summary>
    public double Recency { get; init; } = 0.02;

    /// <summary>The age in days at which half of that is gone.</summary>
    public double RecencyHalfLife { get; init; } = 730;

    /// <summary>What very many upvotes gain.</summary>
    public double Upvotes { get; init; } = 0.02;

    /// <summary>The upvotes at which half of that is reached.</summary>
    public double UpvotesHalf { get; init; } = 20;

    /// <summary>What a paper gains that the query names, by its identifier or by an author's whole name: more than all else together.</summary>
    public double Named { get; init; } = 4;
}
