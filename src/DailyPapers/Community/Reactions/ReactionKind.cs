namespace DailyPapers.Community.Reactions;

/// <summary>What one can say of a comment without words.</summary>
public enum ReactionKind
{
    /// <summary>I agree.</summary>
    Agree,

    /// <summary>Thank you.</summary>
    Thanks,

    /// <summary>That taught me something.</summary>
    Insightful,

    /// <summary>I doubt that.</summary>
    Doubt,
}
