using DailyPapers.Editions;
using DailyPapers.Web.Caching;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;

namespace DailyPapers.Web.Pages.Editions;

/// <summary>Editions by day, week and month, and what is trending.</summary>
internal static class EditionRoutes
{
    private const int TrendingCount = 50;

    public static void MapEditionPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").CacheOutput(AnonymousPageCaching.Name);
        pages.MapGet("/", NewestAsync);
        pages.MapGet("/papers/date/{name}", DayAsync);
        pages.MapGet("/papers/week/{name}", WeekAsync);
        pages.MapGet("/papers/month/{name}", MonthAsync);
        pages.MapGet("/papers/trending", TrendingAsync);
        routes.MapGet("/papers", () => Results.Redirect("/"));
    }

    private static async Task<IResult> NewestAsync(EditionReader editions, HttpContext context) =>
        await editions.NewestDateAsync(context.RequestAborted) is { } date
            ? await EditionAsync(editions, Period.Day(date), context, isHome: true)
            : Page.Of<EmptyFeedPage>();

    private static Task<IResult> DayAsync(string name, EditionReader editions, HttpContext context) =>
        Period.TryParseDay(name, out var day)
            ? EditionAsync(editions, day, context)
            : Refused("date", name, T["a date that exists, written like 2025-08-13"]);

    private static Task<IResult> WeekAsync(string name, EditionReader editions, HttpContext context) =>
        Period.TryParseWeek(name, out var week)
            ? EditionAsync(editions, week, context)
            : Refused("week", name, T["an ISO week that exists, written like 2025-W33"]);

    private static Task<IResult> MonthAsync(string name, EditionReader editions, HttpContext context) =>
        Period.TryParseMonth(name, out var month)
            ? EditionAsync(editions, month, context)
            : Refused("month", name, T["a month that exists, written like 2025-08"]);

    private static async Task<IResult> EditionAsync(EditionReader editions, Period period, HttpContext context, bool isHome = false)
    {
        var view = await editions.ReadAsync(period, context.RequestAborted);
        var calendar = await editions.CalendarAsync(Period.MonthOf(period.First), context.RequestAborted);
        await context.LoadGivenUpvotesAsync(view.Papers.Select(p => p.Paper.Id));
        return Page.Of<EditionPage>(
            new { View = view, Calendar = calendar, IsHome = isHome },
            view.Papers.Count > 0 ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> TrendingAsync(Trending trending, HttpContext context)
    {
        var papers = await trending.ReadAsync(TrendingCount, context.RequestAborted);
        await context.LoadGivenUpvotesAsync(papers.Select(p => p.Paper.Id));
        return Page.Of<TrendingPage>(new { Papers = papers });
    }

    private static Task<IResult> Refused(string field, string value, string expected) =>
        Task.FromResult<IResult>(Page.Of<BadRequestPage>(new { Field = field, Value = value, Expected = expected }, StatusCodes.Status400BadRequest));
}
