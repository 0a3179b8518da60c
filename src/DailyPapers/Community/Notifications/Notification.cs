namespace DailyPapers.Community.Notifications;

/// <summary>One thing a person is told.</summary>
public sealed class Notification
{
    /// <summary>The longest text, in characters.</summary>
    public const int LongestText = 500;

    /// <summary>Database identity; later ones are larger.</summary>
    public long Id { get; set; }

    /// <summary>Who is told.</summary>
    public required long AccountId { get; set; }

    /// <summary>About what.</summary>
    public required NotificationKind Kind { get; set; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>Who caused it, when it was a person who may be named.</summary>
    public long? ActorId { get; set; }

    /// <summary>The comment it is about.</summary>
    public long? CommentId { get; set; }

    /// <summary>The paper it is about.</summary>
    public long? PaperId { get; set; }

    /// <summary>What was decided; null for what is no decision, and in notifications of earlier versions.</summary>
    public Decision? Decision { get; set; }

    /// <summary>The names the sentence has places for, see <see cref="NotificationSentence"/>: facts, since each reader's language words them.</summary>
    public List<string> Names { get; set; } = [];

    /// <summary>The reason a curator gave, in their own words; in notifications of earlier versions the sentence itself.</summary>
    public string? Text { get; set; }

    /// <summary>When the person saw it.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When it was mailed.</summary>
    public DateTimeOffset? MailedAt { get; set; }
}
