using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace DailyPapers.Community.Accounts.SecondFactor;

/// <summary>Time-based one-time passwords as authenticator apps make them: RFC 6238 with SHA-1, six digits, thirty seconds.</summary>
public static class Totp
{
    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    private const int SecondsPerStep = 30;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The number of the time step that <paramref name="now"/> lies in.</summary>
    public static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / SecondsPerStep;

    /// <summary>The code of a time step.</summary>
    public static string Code(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        // The algorithm is the standard's and the apps'; HMAC does not need SHA-1 to resist collisions.
#pragma warning disable CA5350
        HMACSHA1.HashData(key, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xF)..]) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The time step whose code this is, among those a clock may be off by; null when it is none of them.</summary>
    /// <param name="key">The shared secret.</param>
    /// <param name="code">Six digits.</param>
    /// <param name="now">The time here.</param>
    /// <param name="after">The last step used: only later ones count.</param>
    public static long? Match(ReadOnlySpan<byte> key, string code, DateTimeOffset now, long after)
    {
        long? match = null;
        var current = StepOf(now);
        for (var step = current - 1; step <= current + 1; step++)
        {
            var expected = Code(key, step);
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(expected), System.Text.Encoding.UTF8.GetBytes(code)) && step > after)
                match ??= step;
        }
        return match;
    }

    /// <summary>A secret in Base32 (RFC 4648), as apps take it when typed.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder((bytes.Length * 8 + 4) / 5);
        var (buffer, bits) = (0, 0);
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Alphabet[(buffer >> bits) & 31]);
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0)
            text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }
}
