namespace DailyPapers.Community.Accounts;

/// <summary>Who may make an account.</summary>
public enum SignUpMode
{
    /// <summary>Everybody.</summary>
    Open,

    /// <summary>Who was invited.</summary>
    Invitation,

    /// <summary>Who has an address at one of the named domains, or was invited.</summary>
    Domains,
}
