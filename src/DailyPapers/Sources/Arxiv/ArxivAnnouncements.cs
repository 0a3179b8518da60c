using DailyPapers.Editions;
using DailyPapers.Papers;

namespace DailyPapers.Sources.Arxiv;

/// <summary>Imports what arXiv announced today, and can make the day's edition of it.</summary>
public sealed class ArxivAnnouncements
{
    private readonly ArxivClient _client;
    private readonly PaperIntake _intake;
    private readonly EditionWriter _editions;
    private readonly SourceCursors _cursors;

    internal ArxivAnnouncements(ArxivClient client, PaperIntake intake, EditionWriter editions, SourceCursors cursors)
    {
        _client = client;
        _intake = intake;
        _editions = editions;
        _cursors = cursors;
    }

    /// <summary>Imports the announcements in <paramref name="categories"/>. On days without announcements nothing is stored.</summary>
    /// <param name="categories">At least one category, such as <c>cs.LG</c>.</param>
    /// <param name="makeEdition">Whether the papers announced as new form the edition of the announcements' day.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="SourceException">arXiv gave no usable answer.</exception>
    public async Task<SourceSummary> RunAsync(IReadOnlyList<string> categories, bool makeEdition, CancellationToken cancellationToken = default)
    {
        if (categories.Count == 0)
            throw new SourceException(ArxivClient.Name, "no categories were given.", "Name at least one, such as cs.LG.");
        foreach (var category in categories)
            ArxivOptions.CheckCategory(category);

        var url = new Uri($"{_client.Options.RssUrl.AbsoluteUri.TrimEnd('/')}/{string.Join('+', categories)}");
        var feed = await _client.GetAsync(url, AnnouncementFeed.Read, cancellationToken);
        if (makeEdition && feed.NewIds.Count > 0 && feed.Day is null)
            throw new SourceException(ArxivClient.Name, "the announcements do not say of which day they are.", "Import them without making an edition.");
        var result = await _intake.StoreAsync(
            feed.Batch.Records,
            async (db, papers, token) =>
            {
                if (makeEdition && feed.Day is { } day && feed.NewIds.Count > 0)
                    await _editions.AppendAsync(db, day, papers.Where(paper => feed.NewIds.Contains(paper.ArxivId!)).Select(paper => paper.Id), token);
                await _cursors.WriteAsync(db, SourceCursors.KeyOf("arxiv-announcements", string.Join(',', categories)), new State(feed.Day), token);
            },
            cancellationToken);
        return new SourceSummary().Plus(result, feed.Batch.Records.Count, feed.Batch.Rejects);
    }

    private sealed record State(DateOnly? Day);
}
