namespace DailyPapers.Web.Security;

/// <summary>How often one visitor may do what costs something; section <c>Rates</c> of the settings.</summary>
internal sealed class RequestRateOptions
{
    public const string Section = "Rates";

    /// <summary>Searches a minute, on pages, in feeds and by programs together; 0 for a service that serves only friends.</summary>
    public int SearchesPerMinute { get; set; } = 300;

    /// <summary>Writes a minute of a new account; a regular one has twice as many, a trusted one four times.</summary>
    public int WritesPerMinute { get; set; } = 60;

    /// <summary>Comments, changes of comments and reports in ten minutes, of whatever account.</summary>
    public int CommentsPerTenMinutes { get; set; } = 30;
}
