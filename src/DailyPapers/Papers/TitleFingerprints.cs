using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DailyPapers.Papers;

/// <summary>Recognises one paper under different spellings of its title.</summary>
public static class TitleFingerprints
{
    private const string Base32 = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>
    /// A 20-character fingerprint of a title and the first author's family name: letters and digits only,
    /// accents and case removed, so that punctuation, braces and spacing do not matter.
    /// </summary>
    public static string Of(string title, string? firstAuthor)
    {
        var text = new StringBuilder(title.Length + 24);
        AppendFolded(text, title);
        text.Append('|');
        if (firstAuthor is not null)
            AppendFolded(text, firstAuthor[(firstAuthor.TrimEnd().LastIndexOf(' ') + 1)..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        return ToBase32(hash[..13]);
    }

    private static void AppendFolded(StringBuilder target, string text)
    {
        foreach (var character in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(character) && CharUnicodeInfo.GetUnicodeCategory(character) is not UnicodeCategory.NonSpacingMark)
                target.Append(char.ToLowerInvariant(character));
        }
    }

    private static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var result = new StringBuilder(20);
        int buffer = 0, bits = 0;
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            bits += 8;
            while (bits >= 5 && result.Length < 20)
            {
                bits -= 5;
                result.Append(Base32[(buffer >> bits) & 31]);
            }
            buffer &= (1 << bits) - 1;
        }
        return result.ToString();
    }
}
