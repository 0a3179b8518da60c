namespace DailyPapers.Community.Comments;

/// <summary>Who sees a comment's text.</summary>
public enum CommentState
{
    /// <summary>Everybody.</summary>
    Visible,

    /// <summary>Its author and curators, until a curator has looked at it.</summary>
    Held,

    /// <summary>Its author and curators: a curator took it from the page.</summary>
    Hidden,

    /// <summary>Nobody: its author took it back, and the text is gone. Replies stay below what is left.</summary>
    Deleted,
}
