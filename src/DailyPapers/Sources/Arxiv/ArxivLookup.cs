using DailyPapers.Papers;

namespace DailyPapers.Sources.Arxiv;

/// <summary>Asks arXiv for a single paper.</summary>
public sealed class ArxivLookup
{
    private readonly ArxivClient _client;

    internal ArxivLookup(ArxivClient client) => _client = client;

    /// <summary>What arXiv says about a paper; null when it has none of that identifier.</summary>
    /// <exception cref="SourceException">arXiv gave no usable answer.</exception>
    public async Task<PaperRecord?> FindAsync(ArxivId id, CancellationToken cancellationToken)
    {
        // Only the checked identifier goes into the address; the host is the settings'.
        var page = await _client.GetAsync(
            new Uri(_client.Options.AtomUrl, $"?id_list={Uri.EscapeDataString(id.Id)}&start=0&max_results=1"), AtomPage.Read, cancellationToken);
        return page.Batch.Records.Find(record => record.Arxiv?.Id == id.Id);
    }
}
