namespace DailyPapers.Community.Invitations;

/// <summary>One person's invitation of another. Its link makes one account.</summary>
public sealed class Invitation
{
    /// <summary>The longest note, in characters.</summary>
    public const int LongestNote = 80;

    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>Who invites; null after that account was deleted, or when the command line made it.</summary>
    public long? InviterId { get; set; }

    /// <summary>The SHA-256 of the secret in the link.</summary>
    public required byte[] CodeHash { get; set; }

    /// <summary>Whom it is for, in the inviter's words.</summary>
    public required string Note { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>From when it is worth nothing.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Who came by it; null while it is open.</summary>
    public long? AcceptedById { get; set; }

    /// <summary>When somebody came by it; null while it is open.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }
}
