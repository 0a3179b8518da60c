using DailyPapers.Community.Accounts;

namespace DailyPapers.Web.Pages.Accounts;

/// <summary>Roles and trust in words.</summary>
internal static class AccountText
{
    public static string Of(AccountRole role) => role switch
    {
        AccountRole.Administrator => T["Administrator"],
        AccountRole.Curator => T["Curator"],
        _ => T["Reader"],
    };

    public static string Of(TrustLevel trust) => trust switch
    {
        TrustLevel.New => T["New"],
        TrustLevel.Regular => T["Regular"],
        _ => T["Trusted"],
    };
}
