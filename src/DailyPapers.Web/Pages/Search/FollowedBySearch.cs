using System.Text.RegularExpressions;
using DailyPapers.Community.Following;
using DailyPapers.Search;

namespace DailyPapers.Web.Pages.Search;

/// <summary>What a search that names one author, keyword or category is about, and so can be followed.</summary>
internal static partial class FollowedBySearch
{
    /// <summary>The author, keyword or category, or null when the search is about something else.</summary>
    public static (FollowKind Kind, string Value)? Of(SearchRequest request)
    {
        var match = OneField().Match(request.Text.Trim());
        if (!match.Success || match.Groups["value"].Value.Trim() is not { Length: > 0 and <= Follow.LongestValue } value)
            return null;
        return match.Groups["field"].Value switch
        {
            "author" => (FollowKind.Author, value),
            "keyword" => (FollowKind.Keyword, value),
            _ => (FollowKind.Category, value),
        };
    }

    [GeneratedRegex("^(?<field>author|keyword|cat):(?:\"(?<value>[^\"]+)\"|(?<value>[^\\s\"]+))$")]
    private static partial Regex OneField();
}
