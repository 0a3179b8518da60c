namespace DailyPapers.Community.Accounts;

/// <summary>What an account may do; each role includes those before it.</summary>
public enum AccountRole
{
    /// <summary>Reads and upvotes.</summary>
    Reader,

    /// <summary>Arranges editions.</summary>
    Curator,

    /// <summary>Runs the site.</summary>
    Administrator,
}
