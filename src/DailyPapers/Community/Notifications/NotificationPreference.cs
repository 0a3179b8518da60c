namespace DailyPapers.Community.Notifications;

/// <summary>How a person wants to be told; accounts without a row have the defaults.</summary>
public sealed class NotificationPreference
{
    /// <summary>Whose.</summary>
    public required long AccountId { get; set; }

    /// <summary>The kinds that are mailed, a bit each by <see cref="NotificationKind"/>.</summary>
    public int MailedKinds { get; set; } = BitOf(NotificationKind.Reply) | BitOf(NotificationKind.Mention) | BitOf(NotificationKind.Moderation);

    /// <summary>How long they are gathered.</summary>
    public MailPace Pace { get; set; }

    /// <summary>The secret in the unsubscribe links of mails; readable, since each mail has it again.</summary>
    public required string MailSecret { get; set; }

    /// <summary>Until when one process writes to the person.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>The earliest time of the next mail, after a temporary failure.</summary>
    public DateTimeOffset? MailNotBefore { get; set; }

    /// <summary>Whether a kind is mailed.</summary>
    public bool Mails(NotificationKind kind) => (MailedKinds & BitOf(kind)) != 0;

    internal static int BitOf(NotificationKind kind) => 1 << (int)kind;
}
