using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace DailyPapers.Community.Accounts;

/// <summary>
/// A secret that whoever bears it proves something with, in the form in which it stands in addresses and cookies. Only its
/// hash is stored: it is random and long, so that a fast hash without salt will do.
/// </summary>
internal static class BearerSecret
{
    /// <summary>A new secret of so many random bytes.</summary>
    public static string New(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>Whether <paramref name="text"/> is as long as a secret of so many bytes; nothing else is worth looking up.</summary>
    public static bool Fits([NotNullWhen(true)] string? text, int bytes) => text is not null && text.Length == Base64Url.GetEncodedLength(bytes);

    /// <summary>What is stored of a secret.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
