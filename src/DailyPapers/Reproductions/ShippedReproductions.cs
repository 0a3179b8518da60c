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
        var added = 0;
        foreach (var name in EmbeddedText.Names(Prefix).Where(name => name.EndsWith(ResultFile, StringComparison.Ordinal)))
        {
            var folder = name[..^(ResultFile.Length - 1)];
            var json = EmbeddedText.Find(name)!;
            var figures = new Dictionary<string, string>();
            foreach (var figure in LabJson.ReadResult(json).Figures)
            {
                if (EmbeddedText.Find(folder + figure.File) is { } svg)
                    figures[figure.File] = svg;
            }
            if ((await library.KeepAsync(json, figures, isShipped: true, cancellationToken)).IsNew)
                added++;
        }
        return added;
    }
}
