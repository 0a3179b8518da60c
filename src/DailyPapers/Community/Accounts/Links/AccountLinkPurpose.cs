namespace DailyPapers.Community.Accounts.Links;

/// <summary>What a link proves and allows.</summary>
public enum AccountLinkPurpose
{
    /// <summary>The address is the person's; an account may begin.</summary>
    Registration,

    /// <summary>The address is the person's; a new password may be set.</summary>
    PasswordReset,

    /// <summary>The new address is the person's; the account may move to it.</summary>
    AddressChange,

    /// <summary>The person runs the machine; the first administrator may be made.</summary>
    Setup,
}
