using System.Globalization;
using DailyPapers.Papers;

namespace DailyPapers.Web.Parts;

/// <summary>Addresses of comments.</summary>
internal static class CommentLink
{
    /// <summary>The comment in its place on the paper's page.</summary>
    public static string To(Paper paper, long id) => string.Create(CultureInfo.InvariantCulture, $"{PaperLink.To(paper)}#comment-{id}");

    /// <summary>What can be done with a comment: <c>edit</c>, <c>delete</c>, <c>report</c>, <c>history</c>, <c>reactions</c>.</summary>
    public static string Of(long id, string what) => string.Create(CultureInfo.InvariantCulture, $"/comments/{id}/{what}");

    /// <summary>Where comments on a paper are sent.</summary>
    public static string Post(Paper paper) => $"{PaperLink.To(paper)}/comments";

    /// <summary>The feed of a paper's comments.</summary>
    public static string Feed(Paper paper) => $"{PaperLink.To(paper)}/comments.atom";

    /// <summary>How many, in words.</summary>
    public static string Count(int comments) => T.Count(comments, "1 comment", "{0} comments");
}
