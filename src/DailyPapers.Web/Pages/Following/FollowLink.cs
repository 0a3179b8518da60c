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

    /// <summary>What a button to follow something says to those who don't see what it stands at.</summary>
    public static string Invitation(FollowKind kind, string value) => kind switch
    {
        FollowKind.Author => T["Follow the author {0}", value],
        FollowKind.Keyword => T["Follow the keyword {0}", value],
        _ => T["Follow the category {0}", value],
    };

    /// <summary>The kind as forms send it.</summary>
    public static string Name(FollowKind kind) => kind switch
    {
        FollowKind.Author => "author",
        FollowKind.Keyword => "keyword",
        _ => "category",
    };
}
