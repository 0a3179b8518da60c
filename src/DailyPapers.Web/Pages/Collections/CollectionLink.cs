using System.Globalization;

namespace DailyPapers.Web.Pages.Collections;

/// <summary>Addresses of a collection.</summary>
internal static class CollectionLink
{
    public const string All = "/collections";

    public static string To(long id, string slug) => $"{Of(id)}/{slug}";

    public static string Export(long id, string extension) => $"{Of(id)}/export.{extension}";

    public static string Feed(long id) => $"{Of(id)}/feed.atom";

    public static string Change(long id, string what) => $"{Of(id)}/{what}";

    public static string Change(long id, long paperId, string what) => string.Create(CultureInfo.InvariantCulture, $"{Of(id)}/papers/{paperId}/{what}");

    private static string Of(long id) => string.Create(CultureInfo.InvariantCulture, $"{All}/{id}");
}
