using System.Text;

namespace DailyPapers.Community.Accounts.Passwords;

/// <summary>Brings passwords to the spelling in which they are compared.</summary>
internal static class PasswordSpelling
{
    /// <summary>The shortest part of a password that is looked at as a word.</summary>
    public const int ShortestWord = 4;

    /// <summary>In lower case, with the replacements that everybody knows undone: <c>P@ssw0rd</c> is <c>password</c>.</summary>
    public static string Plain(string password)
    {
        var plain = new StringBuilder(password.Length);
        foreach (var c in password.Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            plain.Append(c switch
            {
                '@' or '4' => 'a',
                '3' => 'e',
                '1' or '!' => 'i',
                '0' => 'o',
                '5' or '$' => 's',
                '7' => 't',
                _ => c,
            });
        }
        return plain.ToString();
    }

    /// <summary>Without digits and signs at both ends: <c>dragon2024!</c> is <c>dragon</c>.</summary>
    public static string Core(string password)
    {
        var (start, end) = (0, password.Length);
        while (start < end && !char.IsLetter(password[start]))
            start++;
        while (end > start && !char.IsLetter(password[end - 1]))
            end--;
        return password[start..end];
    }
}
