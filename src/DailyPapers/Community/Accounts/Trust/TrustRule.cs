namespace DailyPapers.Community.Accounts.Trust;

/// <summary>
/// The level an account has earned. Age alone earns nothing, since accounts can be made in advance; activity alone neither,
/// since it can be made in an hour. Who has a tenth of what they do taken back stays new, a fiftieth not trusted.
/// </summary>
public static class TrustRule
{
    private const int RegularRejection = 10;
    private const int TrustedRejection = 50;

    /// <summary>The level for an account of this age and activity. Curators and administrators are trusted whatever they did.</summary>
    public static TrustLevel LevelOf(AccountRole role, TimeSpan age, TrustEvidence evidence, TrustOptions options)
    {
        if (role >= AccountRole.Curator)
            return TrustLevel.Trusted;
        if (Earned(options.TrustedAfterDays, options.TrustedActivity, TrustedRejection))
            return TrustLevel.Trusted;
        return Earned(options.RegularAfterDays, options.RegularActivity, RegularRejection) ? TrustLevel.Regular : TrustLevel.New;

        bool Earned(int days, int activity, int share) =>
            age >= TimeSpan.FromDays(days) && evidence.Accepted >= activity && (long)evidence.Rejected * share <= evidence.Accepted;
    }
}
