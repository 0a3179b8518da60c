using DailyPapers.Papers;

namespace DailyPapers.Community.Comments;

/// <summary>A comment on its own, away from its paper's page.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Paper">Its paper.</param>
/// <param name="AuthorName">The author's name; null once the account is deleted.</param>
/// <param name="AuthorHandle">The author's handle.</param>
/// <param name="Html">The text as HTML.</param>
public sealed record ListedComment(Comment Comment, Paper Paper, string? AuthorName, string? AuthorHandle, string Html);
