namespace DailyPapers.Community.Accounts.Trust;

/// <summary>What the trust levels need and allow; section <c>Accounts:Trust</c> of the settings.</summary>
public sealed class TrustOptions
{
    /// <summary>Days until an account can be regular.</summary>
    public int RegularAfterDays { get; set; } = 3;

    /// <summary>Accepted activity a regular account has.</summary>
    public int RegularActivity { get; set; } = 5;

    /// <summary>Days until an account can be trusted.</summary>
    public int TrustedAfterDays { get; set; } = 30;

    /// <summary>Accepted activity a trusted account has.</summary>
    public int TrustedActivity { get; set; } = 50;

    /// <summary>Open invitations a new account may have.</summary>
    public int InvitationsNew { get; set; }

    /// <summary>Open invitations a regular account may have.</summary>
    public int InvitationsRegular { get; set; } = 3;

    /// <summary>Open invitations a trusted account may have.</summary>
    public int InvitationsTrusted { get; set; } = 10;

    /// <summary>Invitations that an account of this level may have open or have had accepted within thirty days.</summary>
    public int Invitations(TrustLevel level) => level switch
    {
        TrustLevel.Trusted => InvitationsTrusted,
        TrustLevel.Regular => InvitationsRegular,
        _ => InvitationsNew,
    };

    internal IEnumerable<string> Problems()
    {
        if (RegularAfterDays < 0 || TrustedAfterDays < RegularAfterDays)
            yield return "Accounts:Trust:TrustedAfterDays must not be less than RegularAfterDays, nor either negative.";
        if (RegularActivity < 0 || TrustedActivity < RegularActivity)
            yield return "Accounts:Trust:TrustedActivity must not be less than RegularActivity, nor either negative.";
        if (InvitationsNew < 0 || InvitationsRegular < 0 || InvitationsTrusted < 0)
            yield return "Accounts:Trust:Invitations… must not be negative; 0 allows none.";
    }
}
