namespace DailyPapers.Community.Accounts;

/// <summary>How much the site relies on an account; each level includes those before it.</summary>
public enum TrustLevel
{
    /// <summary>Came lately or has done little yet.</summary>
    New,

    /// <summary>Has been here for days and done things that stood.</summary>
    Regular,

    /// <summary>Has been here for weeks and done much that stood.</summary>
    Trusted,
}
