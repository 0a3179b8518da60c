namespace DailyPapers.Web.Security;

/// <summary>How sending a visitor to a provider went.</summary>
internal enum ChallengeOutcome
{
    /// <summary>The response leads the visitor there.</summary>
    Sent,

    /// <summary>The provider refused what this site asked of it.</summary>
    Refused,

    /// <summary>The provider did not answer, or not as one.</summary>
    Unreachable,
}
