using DailyPapers.Community.Following;
using DailyPapers.Web.Parts;

namespace DailyPapers.Web.Pages.Following;

/// <summary>Where what is followed can be seen whole.</summary>
internal static class FollowLink
{
    public static string To(FollowKind kind, string value) => kind switch
    {
        FollowKind.Author => SearchLink.Author(value),
        FollowKind.Keyword => SearchLink.Keyword(value),
        _ => SearchLink.Category(value),
    };

    public static string Name(FollowKind kind) => kind switch
    {
        FollowKind.Author => "author",
        FollowKind.Keyword => "keyword",
        _ => "category",
    };
}
