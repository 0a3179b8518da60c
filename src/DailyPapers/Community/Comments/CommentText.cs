using DailyPapers.Community.Comments.Rendering;

namespace DailyPapers.Community.Comments;

/// <summary>The rules of a comment's text.</summary>
internal static class CommentText
{
    /// <summary>The text as it is kept: line ends of one kind, nothing around it, no control characters.</summary>
    public static string Clean(string? text)
    {
        var clean = (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return string.Concat(clean.Where(sign => !char.IsControl(sign) || sign is '\n' or '\t')).TrimEnd().TrimStart('\n');
    }

    /// <summary>What is wrong with a clean text, or null.</summary>
    public static string? Problem(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return T["text is empty; write something first."];
        if (text.Length > Comment.LongestText)
            return T["text has {0} characters; shorten it to {1}.", text.Length, Comment.LongestText];
        return CommentMarkdown.TryParse(text) is null ? T["text has quotes or lists within each other too many times; write it flatter."] : null;
    }
}
