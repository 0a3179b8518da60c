namespace DailyPapers.Community.Accounts;

/// <summary>What became of a registration.</summary>
/// <param name="Account">The account, if it was made.</param>
/// <param name="Problem">What is wrong and how to mend it.</param>
/// <param name="IsMailDown">Whether the mail could not be sent; it says nothing about the address.</param>
public sealed record RegistrationResult(Account? Account, string? Problem, bool IsMailDown = false)
{
    internal static RegistrationResult Mailed { get; } = new(null, null);

    internal static RegistrationResult Unsent => new(null, T["Mail cannot be sent at the moment. Please try again in a few minutes."], IsMailDown: true);

    internal static RegistrationResult Made(Account account) => new(account, null);

    internal static RegistrationResult Refused(string problem) => new(null, problem);
}
