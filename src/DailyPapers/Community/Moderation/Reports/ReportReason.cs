namespace DailyPapers.Community.Moderation.Reports;

/// <summary>Why somebody reports a comment.</summary>
public enum ReportReason
{
    /// <summary>Advertising, or the same thing over and over.</summary>
    Spam,

    /// <summary>Attacks a person or a group.</summary>
    Abuse,

    /// <summary>Has nothing to do with the paper.</summary>
    OffTopic,

    /// <summary>Tells private things of somebody, or breaks somebody's rights.</summary>
    Rights,

    /// <summary>Anything else; the note says what.</summary>
    Other,
}
