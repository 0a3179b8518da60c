namespace DailyPapers.Web.Security;

/// <summary>How often one visitor may do what costs something; section <c>Rates</c> of the settings.</summary>
internal sealed class RequestRateOptions
{
    public const string Section = "Rates";

    /// <summary>Searches a minute, on pages, in feeds and by programs together; 0 for a service that serves only friends.</summary>
    public int SearchesPerMinute { get; set; } = 300;
}
