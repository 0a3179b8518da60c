namespace DailyPapers.Web.Pages.Account;

/// <summary>What a new account needs; the password's strength is checked by the account store.</summary>
internal static class RegistrationRules
{
    private const int LongestEmail = 254;
    private const int LongestName = 80;
    private const int LongestPassword = 200;

    /// <summary>The first problem, as a sentence for the person, or null.</summary>
    public static string? FirstProblem(string? email, string? name, string? password)
    {
        if (string.IsNullOrWhiteSpace(email) || email.Length > LongestEmail || email.Any(char.IsControl) || email.IndexOf('@') is var at && (at < 1 || at >= email.Trim().Length - 1 || email.LastIndexOf('@') != at))
            return "The e-mail address is not complete; it needs a form like you@example.org.";
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName || name.Any(char.IsControl))
            return $"The name must have 1 to {LongestName} characters.";
        return password is null || password.Length > LongestPassword
            ? $"The password must have 10 to {LongestPassword} characters."
            : null;
    }
}
