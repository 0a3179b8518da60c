namespace DailyPapers.Community.Notifications;

/// <summary>How long notifications are gathered before they are mailed together.</summary>
public enum MailPace
{
    /// <summary>A quarter of an hour after the first.</summary>
    Soon,

    /// <summary>A day after the first.</summary>
    Daily,
}
