using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace DailyPapers.Community.Accounts.Passwords;

/// <summary>
/// A set of common passwords as a Bloom filter: 20 bits a password and 14 probes make one other password in some fifteen thousand
/// count as common too, which costs its owner another try and nothing else. Members are never missed.
/// </summary>
public sealed class CommonPasswords
{
    private const int BitsPerEntry = 20;
    private const int Probes = 14;
    private const int HeaderBytes = 8;
    private static readonly Lazy<CommonPasswords> ReadOnce = new(ReadShipped);
    private readonly byte[] _bits;

    private CommonPasswords(byte[] bits, int count) => (_bits, Count) = (bits, count);

    /// <summary>How many passwords it was made of.</summary>
    public int Count { get; }

    /// <summary>The list that ships: some forty thousand passwords from leaks, as the package <c>@zxcvbn-ts/language-common</c> collects them.</summary>
    public static CommonPasswords Shipped => ReadOnce.Value;

    /// <summary>Makes a list of passwords; spellings that differ in case or usual replacements only count once.</summary>
    public static CommonPasswords Of(IEnumerable<string> passwords)
    {
        var distinct = passwords.Select(PasswordSpelling.Plain).Where(text => text.Length >= PasswordSpelling.ShortestWord).ToHashSet(StringComparer.Ordinal);
        var list = new CommonPasswords(new byte[Math.Max(1, (distinct.Count * (long)BitsPerEntry + 7) / 8)], distinct.Count);
        foreach (var text in distinct)
        {
            foreach (var bit in list.BitsOf(text))
                list._bits[bit >> 3] |= (byte)(1 << (int)(bit & 7));
        }
        return list;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are something else.</exception>
    public static CommonPasswords Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= HeaderBytes || !bytes.StartsWith("DPB1"u8)
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) is var count && (count < 0 || Math.Max(1, (count * (long)BitsPerEntry + 7) / 8) != bytes.Length - HeaderBytes))
            throw new FormatException("This is no list of common passwords, or not the whole of one. Make it anew with: papers users common-passwords");
        return new(bytes[HeaderBytes..].ToArray(), count);
    }

    /// <summary>The list as bytes for a file.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderBytes + _bits.Length];
        "DPB1"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Count);
        _bits.CopyTo(bytes, HeaderBytes);
        return bytes;
    }

    /// <summary>Whether the password, in its plain spelling, is in the list.</summary>
    public bool Contains(string plain)
    {
        if (Count == 0)
            return false;
        foreach (var bit in BitsOf(plain))
        {
            if ((_bits[bit >> 3] & (1 << (int)(bit & 7))) == 0)
                return false;
        }
        return true;
    }

    // Two halves of one 128-bit hash give all probes (Kirsch and Mitzenmacher 2006).
    private IEnumerable<long> BitsOf(string text)
    {
        var hash = XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text));
        var (first, second) = ((ulong)hash, (ulong)(hash >> 64) | 1);
        var size = (ulong)_bits.Length * 8;
        for (var probe = 0; probe < Probes; probe++)
            yield return (long)((first + (ulong)probe * second) % size);
    }

    private static CommonPasswords ReadShipped()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.bloom")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Read(bytes.ToArray());
    }
}
