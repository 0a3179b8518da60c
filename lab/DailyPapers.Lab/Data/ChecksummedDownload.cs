using System.IO.Compression;
using System.Security.Cryptography;

namespace DailyPapers.Lab.Data;

/// <summary>Fetches the gzipped files of a data set into a folder, each believed only for its content's SHA-256.</summary>
/// <param name="http">Makes the requests.</param>
/// <param name="contents">The files' names without <c>.gz</c>, and the SHA-256 of what is inside, in lower-case hexadecimal.</param>
public sealed class ChecksummedDownload(HttpClient http, IReadOnlyDictionary<string, string> contents)
{
    // The largest of the known files has 26 MiB; whoever answers with more is not it.
    private const long LongestFile = 256L << 20;

    /// <summary>Fetches what the folder lacks. A file that is there and right is kept, so an interrupted download goes on.</summary>
    /// <param name="origin">The address of the folder that the files stand in; ends with a slash.</param>
    /// <param name="folder">Where they go; made when absent.</param>
    /// <param name="progress">Told of each file what became of it.</param>
    /// <param name="cancellation">Stops; nothing unfinished keeps a file's name.</param>
    /// <exception cref="HttpRequestException">The origin does not answer or lacks a file; the message says which.</exception>
    /// <exception cref="InvalidDataException">A file has another content than it should have, and was thrown away.</exception>
    public async Task FetchAsync(Uri origin, string folder, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        foreach (var (name, hash) in contents)
        {
            var path = Path.Combine(folder, name + ".gz");
            if (File.Exists(path) && await HashAsync(path, cancellation) == hash)
            {
                progress?.Report($"{name}: there already");
                continue;
            }
            var unfinished = path + ".part";
            try
            {
                await SaveAsync(new Uri(origin, name + ".gz"), unfinished, cancellation);
                if (await HashAsync(unfinished, cancellation) is var actual && actual != hash)
                    throw new InvalidDataException($"{name}.gz from {origin} is not the file it should be (SHA-256 of its content {actual ?? "none: not gzip"}, expected {hash}). Try another origin, or fetch the files by hand.");
                File.Move(unfinished, path, overwrite: true);
            }
            finally
            {
                File.Delete(unfinished);
            }
            progress?.Report($"{name}: fetched");
        }
    }

    private async Task SaveAsync(Uri address, string path, CancellationToken cancellation)
    {
        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{address} answered {(int)response.StatusCode}.", inner: null, response.StatusCode);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        await using var file = File.Create(path);
        var buffer = new byte[1 << 16];
        var length = 0L;
        while (await body.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            if ((length += count) > LongestFile)
                throw new InvalidDataException($"{address} is longer than {LongestFile >> 20} MiB, so it is not the file it should be.");
            await file.WriteAsync(buffer.AsMemory(0, count), cancellation);
        }
    }

    // Of the content, not of the archive: the same images are offered compressed in different ways. Null when it is no gzip file.
    private static async Task<string?> HashAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            await using var content = new GZipStream(file, CompressionMode.Decompress);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
