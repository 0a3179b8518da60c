using DailyPapers.Lab.Contract;

namespace DailyPapers.Reproductions;

/// <summary>The results that the lab's folders hold, embedded when the product is built.</summary>
public sealed class ShippedReproductions(ReproductionLibrary library)
{
    private const string Prefix = "reproductions/";
    private const string ResultFile = "/result.json";

    /// <summary>Keeps every shipped result that is not kept yet.</summary>
    /// <returns>The number of results that were new.</returns>
    public async Task<int> LoadAsync(CancellationToken cancellationToken)
    {
        var names = typeof(ShippedReproductions).Assembly.GetManifestResourceNames()
            .Select(name => (Resource: name, Path: name.Replace('\\', '/')))
            .Where(name => name.Path.StartsWith(Prefix, StringComparison.Ordinal))
            .ToList();
        var added = 0;
        foreach (var (resource, path) in names.Where(name => name.Path.EndsWith(ResultFile, StringComparison.Ordinal)))
        {
            var folder = path[..^(ResultFile.Length - 1)];
            var json = await ReadAsync(resource, cancellationToken);
            var figures = new Dictionary<string, string>();
            foreach (var figure in LabJson.ReadResult(json).Figures)
            {
                if (names.Find(name => name.Path == folder + figure.File).Resource is { } svg)
                    figures[figure.File] = await ReadAsync(svg, cancellationToken);
            }
            if ((await library.KeepAsync(json, figures, isShipped: true, cancellationToken)).IsNew)
                added++;
        }
        return added;
    }

    private static async Task<string> ReadAsync(string resource, CancellationToken cancellationToken)
    {
        await using var stream = typeof(ShippedReproductions).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
