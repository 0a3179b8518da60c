namespace DailyPapers.Community.PrivateFeeds;

/// <summary>The secret in the address of one person's feed of one kind, for readers that cannot sign in. It opens that feed and nothing else.</summary>
public sealed class FeedSecret
{
    /// <summary>Whose it is.</summary>
    public required long AccountId { get; set; }

    /// <summary>The feed it opens.</summary>
    public required FeedKind Kind { get; set; }

    /// <summary>The SHA-256 of the secret: whoever reads the database, or a backup of it, cannot read the feeds with it.</summary>
    public required byte[] SecretHash { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}
