namespace DailyPapers.Web.Parts;

/// <summary>Links to searches.</summary>
internal static class SearchLink
{
    public static string Author(string name) => Query($"author:\"{name.Replace('"', ' ')}\"");

    public static string Keyword(string keyword) => Query($"keyword:\"{keyword.Replace('"', ' ')}\"");

    public static string Category(string category) => Query($"cat:{category}");

    private static string Query(string query) => "/search?q=" + Uri.EscapeDataString(query);
}
