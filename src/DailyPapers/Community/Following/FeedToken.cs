namespace DailyPapers.Community.Following;

/// <summary>
/// The secret in the address of a person's feed, for readers that cannot sign in. It opens that feed and nothing else; it is
/// kept readable, because the page shows the address again.
/// </summary>
public sealed class FeedToken
{
    /// <summary>Whose it is.</summary>
    public required long AccountId { get; set; }

    /// <summary>The secret.</summary>
    public required string Token { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}
