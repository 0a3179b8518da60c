using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace DailyPapers.Digests.Subscribing;

/// <summary>
/// The secret of a confirmation mail: 32 random bytes and the frequency asked for. The stored hash covers both, so a request
/// that nobody confirms changes nothing about a running subscription, and nobody can confirm another frequency.
/// </summary>
internal sealed record ConfirmationToken(string Text, DigestFrequency Frequency)
{
    private const int SecretBytes = 32;
    private static readonly int SecretLength = Base64Url.GetEncodedLength(SecretBytes);

    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    public static ConfirmationToken Create(DigestFrequency frequency) =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)) + (frequency is DigestFrequency.Daily ? 'd' : 'w'), frequency);

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ConfirmationToken? token)
    {
        token = null;
        if (text is null || text.Length != SecretLength + 1 || !text.All(char.IsAscii))
            return false;
        token = text[^1] switch
        {
            'd' => new(text, DigestFrequency.Daily),
            'w' => new(text, DigestFrequency.Weekly),
            _ => null,
        };
        return token is not null;
    }
}
