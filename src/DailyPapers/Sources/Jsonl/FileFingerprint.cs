using System.Security.Cryptography;

namespace DailyPapers.Sources.Jsonl;

/// <summary>Recognises a file whose import was interrupted.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">When it was last written.</param>
/// <param name="Head">A hash of its first 64 KB.</param>
internal sealed record FileFingerprint(string Path, long Length, DateTime Modified, string Head)
{
    private const int HeadBytes = 64 * 1024;

    public static FileFingerprint Of(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            using var file = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read);
            var head = new byte[HeadBytes];
            var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return new FileFingerprint(full, file.Length, File.GetLastWriteTimeUtc(full), Convert.ToHexStringLower(SHA256.HashData(head.AsSpan(0, read))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(JsonlImport.Name, $"'{full}' cannot be read: {exception.Message}", "Check the path and the permissions.", exception);
        }
    }
}
