using System.Globalization;
using DailyPapers.Search;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Search;

/// <summary>The search page.</summary>
internal static class SearchRoutes
{
    public static void MapSearchPage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/search", SearchAsync).RequireRateLimiting(RequestRates.Searching);

    private static async Task<IResult> SearchAsync(
        [FromQuery(Name = "q")] string? text,
        [FromQuery] string? category,
        [FromQuery] string? from,
        [FromQuery] string? to,
        [FromQuery] string? code,
        [FromQuery] string? lab,
        [FromQuery] string? sort,
        [FromQuery] string? page,
        PaperSearch search,
        HttpContext context)
    {
        var problems = new List<string>();
        var request = new SearchRequest
        {
            Text = text ?? "",
            Category = string.IsNullOrWhiteSpace(category) ? null : category.Trim(),
            YearFrom = Year(from, "from", problems),
            YearTo = Year(to, "to", problems),
            HasCode = code is not null,
            HasReproduction = lab is not null,
            Sort = Sort(sort, problems),
            Page = PageNumber(page, problems),
        };
        if (request.Text.Length > SearchRequest.LongestText)
            problems.Add($"q has {request.Text.Length.ToString("N0", CultureInfo.InvariantCulture)} characters; shorten it to {SearchRequest.LongestText} or fewer.");
        if (problems.Count > 0)
        {
            return Page.Of<SearchPage>(
                new { Request = request with { Text = Shortened(request.Text) }, Problem = string.Join(" ", problems) }, StatusCodes.Status400BadRequest);
        }
        if (IsEmpty(request))
            return Page.Of<SearchPage>(new { Request = request });
        var results = await search.SearchAsync(request, context.RequestAborted);
        await context.LoadGivenUpvotesAsync(results.Hits.Select(hit => hit.Paper.Id));
        return Page.Of<SearchPage>(new { Request = request, Results = results });
    }

    private static bool IsEmpty(SearchRequest request) =>
        string.IsNullOrWhiteSpace(request.Text) && request is { Category: null, YearFrom: null, YearTo: null, HasCode: false, HasReproduction: false };

    private static string Shortened(string text) => text.Length <= SearchRequest.LongestText ? text : text[..SearchRequest.LongestText];

    private static int? Year(string? text, string field, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and <= 2100)
            return year;
        problems.Add($"{field} is '{Shown(text)}'; a year like 2023 was expected.");
        return null;
    }

    private static SearchSort Sort(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text))
            return SearchSort.Relevance;
        if (Enum.TryParse<SearchSort>(text, ignoreCase: true, out var sort) && Enum.IsDefined(sort) && !char.IsAsciiDigit(text[0]))
            return sort;
        problems.Add($"sort is '{Shown(text)}'; relevance, newest, oldest or upvotes was expected.");
        return SearchSort.Relevance;
    }

    private static int PageNumber(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text))
            return 1;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page >= 1)
            return page;
        problems.Add($"page is '{Shown(text)}'; a number from 1 was expected.");
        return 1;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
