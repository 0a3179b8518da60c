using System.Globalization;
using System.Xml.Linq;
using DailyPapers.Papers;

namespace DailyPapers.Sources.Arxiv;

/// <summary>A page of the Atom query API.</summary>
/// <remarks>Format: https://info.arxiv.org/help/api/user-manual.html.</remarks>
internal sealed class AtomPage
{
    /// <summary>The records and rejects of the entries.</summary>
    public RecordBatch Batch { get; } = new(ArxivClient.Source);

    /// <summary>Entries on the page, whole or not.</summary>
    public int Entries { get; private init; }

    /// <summary>Entries of the whole listing, as this page says.</summary>
    public int? Total { get; private init; }

    /// <summary>When the newest entry of the page was first submitted.</summary>
    public DateTimeOffset? LastSubmitted { get; private set; }

    public static AtomPage Read(SourceResponse response)
    {
        var feed = FeedXml.Load(response);
        if (feed.Name.LocalName != "feed")
            throw new MalformedResponseException($"an Atom feed was expected, but the document is a <{feed.Name.LocalName}>.");
        var entries = feed.Children("entry").ToList();
        foreach (var entry in entries)
        {
            if (IsError(entry))
                throw new RefusedResponseException($"it refused the query: {ErrorText(entry)}.", "Correct the identifiers, categories or dates asked for.");
        }
        var total = int.TryParse(feed.Text("totalResults"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        var page = new AtomPage { Entries = entries.Count, Total = total };
        foreach (var entry in entries)
        {
            page.Batch.Add(FieldText.Line(entry.Text("id")) ?? "entry without id", () => Record(entry));
            if (DateTimeOffset.TryParse(entry.Text("published"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var submitted) && !(submitted < page.LastSubmitted))
                page.LastSubmitted = submitted;
        }
        return page;
    }

    /// <summary>What an error answer says, when it is a feed with an error entry.</summary>
    public static string? ErrorIn(SourceResponse response)
    {
        try
        {
            return FeedXml.Load(response).Children("entry").FirstOrDefault(IsError) is { } entry ? ErrorText(entry) : null;
        }
        catch (Exception exception) when (exception is MalformedResponseException or RefusedResponseException)
        {
            return null;
        }
    }

    private static bool IsError(XElement entry) =>
        FieldText.Line(entry.Text("title")) == "Error" && entry.Text("id") is { } id && id.Contains("/api/errors", StringComparison.Ordinal);

    private static string ErrorText(XElement entry) => FieldText.Line(entry.Text("summary")) ?? "no reason given";

    private static PaperRecord Record(XElement entry)
    {
        var id = ArxivFields.Id(entry.Text("id"));
        var comment = FieldText.TexLine(entry.Text("comment"));
        var summary = FieldText.TexLine(entry.Text("summary"));
        var primary = entry.Child("primary_category")?.Attribute("term")?.Value;
        var categories = entry.Children("category").Select(category => category.Attribute("term")?.Value).Prepend(primary);
        return new PaperRecord
        {
            Source = ArxivClient.Source,
            Arxiv = id,
            Doi = Dois.Normalise(entry.Text("doi")),
            Title = FieldText.TexLine(entry.Text("title")) ?? "",
            Authors = [.. entry.Children("author").Select(Author).OfType<Author>()],
            Abstract = summary,
            Categories = ArxivFields.Categories(categories),
            Published = entry.Text("published") is { } published ? DateOnly.FromDateTime(SourceDates.Instant("published", published).UtcDateTime) : null,
            Revised = entry.Text("updated") is { } updated ? SourceDates.Instant("updated", updated) : null,
            Venue = FieldText.TexLine(entry.Text("journal_ref")),
            Comment = comment,
            Licence = FieldText.Line(entry.Text("license") ?? entry.Text("rights")),
            IsWithdrawn = Withdrawal.IsAnnounced(comment, summary),
        };
    }

    private static Author? Author(XElement author)
    {
        var affiliations = author.Children("affiliation").Select(a => FieldText.TexLine(a.Value)).OfType<string>().ToList();
        return FieldText.TexLine(author.Text("name")) is { } name
            ? new Author { Name = name, Affiliation = affiliations.Count == 0 ? null : string.Join("; ", affiliations) }
            : null;
    }
}
