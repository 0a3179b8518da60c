using System.Globalization;
using DailyPapers.Editions.Drafting;

namespace DailyPapers.Web.Pages.Desk;

/// <summary>Addresses of the desk.</summary>
internal static class DeskAddress
{
    public const int PageSize = 30;

    public static string Of(DateOnly date) => "/desk/" + date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Action(DateOnly date, string action) => $"{Of(date)}/{action}";

    public static string Of(DateOnly date, CandidateFilter filter, int page)
    {
        var parts = new List<string>();
        if (filter.Kind is not CandidateKind.All)
            parts.Add("show=" + filter.Kind.ToString().ToLowerInvariant());
        if (!string.IsNullOrWhiteSpace(filter.Category))
            parts.Add("category=" + Uri.EscapeDataString(filter.Category.Trim()));
        if (!string.IsNullOrWhiteSpace(filter.Text))
            parts.Add("text=" + Uri.EscapeDataString(filter.Text.Trim()));
        if (filter.Days is { } days)
            parts.Add("days=" + days.ToString(CultureInfo.InvariantCulture));
        if (page > 1)
            parts.Add("page=" + page.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? Of(date) : $"{Of(date)}?{string.Join('&', parts)}";
    }

    public static (CandidateFilter Filter, int Page) Read(IQueryCollection query)
    {
        var filter = new CandidateFilter
        {
            Kind = Enum.TryParse<CandidateKind>(query["show"], ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : CandidateKind.All,
            Category = Short(query["category"]),
            Text = Short(query["text"]),
            Days = int.TryParse(query["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 365 ? days : null,
        };
        return (filter, int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is >= 1 and <= 1000 ? page : 1);
    }

    private static string? Short(string? text) => string.IsNullOrWhiteSpace(text) ? null : text[..Math.Min(text.Length, 100)];
}
