namespace DailyPapers.Community.Moderation;

/// <summary>How the site guards its comments; section <c>Moderation</c> of the settings.</summary>
public sealed class ModerationOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Moderation";

    /// <summary>Comments of accounts younger than this wait for a curator; zero holds none.</summary>
    public TimeSpan HoldAccountsYoungerThan { get; set; } = TimeSpan.Zero;
}
