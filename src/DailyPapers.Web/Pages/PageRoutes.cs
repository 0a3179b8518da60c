using DailyPapers.Web.Languages;
using DailyPapers.Web.Pages.About;
using DailyPapers.Web.Pages.Accounts;
using DailyPapers.Web.Pages.Administration;
using DailyPapers.Web.Pages.Authorship;
using DailyPapers.Web.Pages.Collections;
using DailyPapers.Web.Pages.Comments;
using DailyPapers.Web.Pages.Desk;
using DailyPapers.Web.Pages.Editions;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Pages.Following;
using DailyPapers.Web.Pages.Lab;
using DailyPapers.Web.Pages.Moderation;
using DailyPapers.Web.Pages.Notifications;
using DailyPapers.Web.Pages.Papers;
using DailyPapers.Web.Pages.Profiles;
using DailyPapers.Web.Pages.Reading;
using DailyPapers.Web.Pages.Recommending;
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
        routes.MapCommentPages();
        routes.MapSearchPage();
        routes.MapSearchFeed();
        routes.MapSavedSearchPages();
        routes.MapSubmitPages();
        routes.MapDeskPages();
        routes.MapSubscribePages();
        routes.MapLabPages();
        routes.MapAboutPages();
        routes.MapLanguageChoice();
        routes.MapSignInPages();
        routes.MapRegistrationPages();
        routes.MapPasswordResetPages();
        routes.MapAccountPages();
        routes.MapSecurityPages();
        routes.MapPasskeys();
        routes.MapProviderPages();
        routes.MapSessionPages();
        routes.MapInvitationPages();
        routes.MapAdministrationPages();
        routes.MapHandlePage();
        routes.MapNotificationPages();
        routes.MapModerationPages();
        routes.MapCollectionPages();
        routes.MapReadingPages();
        routes.MapFollowingPages();
        routes.MapForYouPages();
        routes.MapProfilePages();
        routes.MapAuthorshipPages();
        routes.MapNotFoundPage();
    }
}
