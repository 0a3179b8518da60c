using DailyPapers.Web.Pages.About;
using DailyPapers.Web.Pages.Account;
using DailyPapers.Web.Pages.Desk;
using DailyPapers.Web.Pages.Editions;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Pages.Lab;
using DailyPapers.Web.Pages.Papers;
using DailyPapers.Web.Pages.Search;
using DailyPapers.Web.Pages.Submit;
using DailyPapers.Web.Pages.Subscribe;

namespace DailyPapers.Web.Pages;

/// <summary>All pages; the routes of an area stand beside its components.</summary>
internal static class PageRoutes
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapEditionPages();
        routes.MapPaperPages();
        routes.MapSearchPage();
        routes.MapSearchFeed();
        routes.MapSavedSearchPages();
        routes.MapSubmitPages();
        routes.MapDeskPages();
        routes.MapSubscribePages();
        routes.MapLabPages();
        routes.MapAboutPages();
        routes.MapAccountPages();
        routes.MapNotFoundPage();
    }
}
