namespace DailyPapers.Digests;

/// <summary>When and how digests are sent; section <c>Digest</c> of the settings.</summary>
public sealed class DigestOptions
{
    /// <summary>The time of day, in <see cref="SiteOptions.TimeZone"/>, from which the day's digest (on Mondays also the week's) goes out.</summary>
    public TimeOnly DailyAt { get; set; } = new(8, 0);

    /// <summary>Editions that ended longer ago than this many days are mailed only on request.</summary>
    public int MaxAgeDays { get; set; } = 7;

    /// <summary>The most papers a mail lists; the rest is linked.</summary>
    public int MostPapers { get; set; } = 30;

    /// <summary>Attempts at an address whose server answers with temporary errors, before it is given up.</summary>
    public int MostAttempts { get; set; } = 8;

    /// <summary>The wait after the first temporary error; doubled after each further one, up to six hours.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a process may be busy with one mail before others take it for dead. Must be longer than
    /// <see cref="Transport.SmtpOptions.Timeout"/> allows a hand-over to last.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The shortest time between two confirmation mails to one address; it grows with unanswered requests, up to an hour.</summary>
    public TimeSpan ConfirmationInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a confirmation link holds.</summary>
    public TimeSpan ConfirmationLifetime { get; set; } = TimeSpan.FromHours(48);

    /// <summary>Accepts addresses at <c>localhost</c>, for trying the service out.</summary>
    public bool AllowLocalhost { get; set; }
}
