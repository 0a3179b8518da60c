using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using DailyPapers.Lab.Data;
using DailyPapers.TestSupport;

namespace DailyPapers.Lab.Tests.Data;

public sealed class ChecksummedDownloadTests : IDisposable
{
    private static readonly byte[] _content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7 >> 3))];

    private readonly string _folder = Directory.CreateTempSubdirectory("download").FullName;
    private readonly HttpListener _server = new();
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly HttpClient _http = new();
    private readonly Uri _origin;
    private int _requests;

    public ChecksummedDownloadTests()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _origin = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/set/");
        }
        _server.Prefixes.Add(_origin.ToString());
        _server.Start();
        _ = ServeAsync();
    }

    public void Dispose()
    {
        _server.Close();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Files_come_once_and_are_kept_and_a_damaged_one_is_fetched_again()
    {
        _files["images.gz"] = Compressed(_content, CompressionLevel.Fastest);
        // The same content, compressed in another way, is the same file.
        _files["labels.gz"] = Compressed(_content, CompressionLevel.SmallestSize);
        var download = Download("images", "labels");
        await download.FetchAsync(_origin, _folder, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(_content, Decompressed("images.gz"));
        await download.FetchAsync(_origin, _folder, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(2, _requests);

        await File.WriteAllBytesAsync(Path.Combine(_folder, "labels.gz"), _files["labels.gz"][..100], TestContext.Current.CancellationToken);
        await download.FetchAsync(_origin, _folder, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((3, 2), (_requests, Directory.GetFiles(_folder).Length));
        Assert.Equal(_content, Decompressed("labels.gz"));
    }

    [Fact]
    public async Task Another_content_is_refused_and_leaves_nothing()
    {
        _files["images.gz"] = Compressed(_content[1..], CompressionLevel.Fastest);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Download("images").FetchAsync(_origin, _folder, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("images.gz", error.Message, StringComparison.Ordinal);
        _files["images.gz"] = [1, 2, 3];
        Assert.Contains("not gzip", (await Assert.ThrowsAsync<InvalidDataException>(() => Download("images").FetchAsync(_origin, _folder, cancellation: TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_is_not_offered_is_named()
    {
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => Download("images").FetchAsync(_origin, _folder, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("images.gz answered 404", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task The_checksums_are_those_of_Fashion_MNIST()
    {
        OptionalComponent.Require(Directory.Exists(FashionMnist.DebianFolder), "Debian's dataset-fashion-mnist");
        foreach (var file in Directory.GetFiles(FashionMnist.DebianFolder, "*.gz"))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        await new ChecksummedDownload(_http, FashionMnist.Contents).FetchAsync(_origin, _folder, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, _requests);
    }

    private ChecksummedDownload Download(params string[] names) =>
        new(_http, names.ToDictionary(name => name, _ => Convert.ToHexStringLower(SHA256.HashData(_content))));

    private byte[] Decompressed(string name)
    {
        using var file = new GZipStream(File.OpenRead(Path.Combine(_folder, name)), CompressionMode.Decompress);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] Compressed(byte[] content, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level))
            gzip.Write(content);
        return compressed.ToArray();
    }

    private async Task ServeAsync()
    {
        while (_server.IsListening)
        {
            try
            {
                var context = await _server.GetContextAsync();
                _requests++;
                if (_files.TryGetValue(context.Request.Url!.Segments[^1], out var file))
                    await context.Response.OutputStream.WriteAsync(file);
                else
                    context.Response.StatusCode = 404;
                context.Response.Close();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
