namespace DailyPapers.Bench.Community;

/// <summary>What a reader does.</summary>
internal enum ActKind
{
    /// <summary>Gives an upvote.</summary>
    Vote,

    /// <summary>Takes an upvote back.</summary>
    Undo,

    /// <summary>Comments on a paper.</summary>
    Comment,

    /// <summary>Answers a comment.</summary>
    Reply,

    /// <summary>Gives a reaction.</summary>
    React,

    /// <summary>Takes a reaction back.</summary>
    Unreact,

    /// <summary>Deletes a comment.</summary>
    Delete,

    /// <summary>Opens a paper's page.</summary>
    Read,
}
