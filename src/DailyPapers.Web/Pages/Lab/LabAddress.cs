using System.Globalization;

namespace DailyPapers.Web.Pages.Lab;

/// <summary>Addresses of the lab.</summary>
internal static class LabAddress
{
    public const string Home = "/lab";

    /// <summary>A paper's annotated page.</summary>
    public static string Paper(string slug) => $"{Home}/{slug}";

    /// <summary>Where a run of a paper is asked for.</summary>
    public static string Runs(string slug) => $"{Home}/{slug}/runs";

    /// <summary>A run that was asked for.</summary>
    public static string Request(long id) => string.Create(CultureInfo.InvariantCulture, $"{Home}/requests/{id}");

    /// <summary>A run's result.</summary>
    public static string Run(long id) => string.Create(CultureInfo.InvariantCulture, $"{Home}/runs/{id}");

    /// <summary>What the file names of a run's figures follow.</summary>
    public static string Figures(long id) => Run(id) + "/";
}
