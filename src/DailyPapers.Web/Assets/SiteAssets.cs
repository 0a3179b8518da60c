using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace DailyPapers.Web.Assets;

/// <summary>
/// The few files pages need, held in the assembly. Their URLs carry a hash of the content, so that browsers may keep
/// them for ever and still see a new version at once.
/// </summary>
public sealed class SiteAssets
{
    private const string Prefix = "assets/";
    private const string Forever = "public, max-age=31536000, immutable";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, Asset> _byUrl;
    private readonly FrozenDictionary<string, string> _urlByName;

    /// <summary>Reads the files out of the assembly.</summary>
    public SiteAssets()
    {
        var assets = typeof(SiteAssets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(Load)
            .ToList();
        _byUrl = assets.ToFrozenDictionary(asset => asset.Url);
        _urlByName = assets.ToFrozenDictionary(asset => asset.Name, asset => asset.Url);
    }

    /// <summary>The URL of a file such as <c>site.css</c>.</summary>
    public string this[string name] => _urlByName[name];

    /// <summary>Serves the files.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{file}", (string file, HttpContext context) => Serve(context, $"/assets/{file}", Forever)).AllowAnonymous().ShortCircuit();
        // Browsers ask for it whatever the page says.
        routes.MapGet("/favicon.ico", (HttpContext context) => Serve(context, this["icon.svg"], "public, max-age=86400")).AllowAnonymous().ShortCircuit();
    }

    private IResult Serve(HttpContext context, string url, string cacheControl)
    {
        if (!_byUrl.TryGetValue(url, out var asset))
            return Results.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept-Encoding";
        var brotli = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase);
        if (brotli)
            headers.ContentEncoding = "br";
        return Results.Bytes(brotli ? asset.Brotli : asset.Content, asset.ContentType);
    }

    private static Asset Load(string resource)
    {
        using var stream = typeof(SiteAssets).Assembly.GetManifestResourceStream(resource)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var bytes = content.ToArray();
        var name = resource[Prefix.Length..];
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 5));
        var extension = Path.GetExtension(name);
        return new Asset(name, $"/assets/{Path.GetFileNameWithoutExtension(name)}.{hash}{extension}", ContentTypes[extension], bytes, Compress(bytes));
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
            brotli.Write(bytes);
        return compressed.ToArray();
    }

    private sealed record Asset(string Name, string Url, string ContentType, byte[] Content, byte[] Brotli);
}
