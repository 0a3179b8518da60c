using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DailyPapers.Storage;

namespace DailyPapers.Digests.Subscribing;

/// <summary>
/// Tokens in unsubscribe links: the subscriber's number and an HMAC-SHA256 over number and address, cut to 128 bits. They
/// never expire, since a link in a five-year-old mail must still work, and name the address too, so that a number given out
/// again (after a restored backup) never ends somebody else's subscription. The key is the file <c>unsubscribe.key</c>
/// among the data directory's keys; service and command line share it.
/// </summary>
public sealed class UnsubscribeTokens(DataDirectory directory)
{
    private const int KeyBytes = 32;
    private const int NumberBytes = 8;
    private const int MacBytes = 16;
    private readonly Lazy<byte[]> _key = new(() => ReadOrCreateKey(directory));

    /// <summary>The token for links to <paramref name="subscriber"/>.</summary>
    public string For(Subscriber subscriber)
    {
        Span<byte> token = stackalloc byte[NumberBytes + MacBytes];
        BinaryPrimitives.WriteInt64BigEndian(token, subscriber.Id);
        Mac(subscriber).AsSpan(0, MacBytes).CopyTo(token[NumberBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The subscriber's number a token names; it proves nothing until <see cref="Proves"/> does.</summary>
    public static long? SubscriberIdOf(string? token) =>
        Decode(token) is { } bytes ? BinaryPrimitives.ReadInt64BigEndian(bytes) : null;

    /// <summary>Whether the token was made for exactly this subscriber.</summary>
    public bool Proves(string? token, Subscriber subscriber) =>
        Decode(token) is { } bytes
        && BinaryPrimitives.ReadInt64BigEndian(bytes) == subscriber.Id
        && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(NumberBytes), Mac(subscriber).AsSpan(0, MacBytes));

    private static byte[]? Decode(string? token)
    {
        if (token is null || token.Length != Base64Url.GetEncodedLength(NumberBytes + MacBytes) || !Base64Url.IsValid(token))
            return null;
        var bytes = Base64Url.DecodeFromChars(token);
        return bytes.Length == NumberBytes + MacBytes ? bytes : null;
    }

    private byte[] Mac(Subscriber subscriber) =>
        HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(FormattableString.Invariant($"unsubscribe\n{subscriber.Id}\n{subscriber.NormalizedEmail}")));

    private static byte[] ReadOrCreateKey(DataDirectory directory)
    {
        var file = Path.Combine(directory.Keys, "unsubscribe.key");
        try
        {
            if (!File.Exists(file))
                Create(directory, file);
            var key = File.ReadAllBytes(file);
            return key.Length == KeyBytes
                ? key
                : throw new DataDirectoryException($"'{file}' has {key.Length} bytes instead of {KeyBytes}. Restore it from a backup; deleting it makes a new one, and the unsubscribe links of mails already sent stop working.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataDirectoryException($"The key '{file}' cannot be read or made: {exception.Message} Give the account that runs Daily Papers access to it.", exception);
        }
    }

    private static void Create(DataDirectory directory, string file)
    {
        Directory.CreateDirectory(directory.Keys);
        var beside = $"{file}.{Guid.NewGuid():N}.partial";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var stream = new FileStream(beside, options))
            {
                stream.Write(RandomNumberGenerator.GetBytes(KeyBytes));
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process made the key first; its key holds.
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
