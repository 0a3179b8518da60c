using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DailyPapers.Papers;

namespace DailyPapers.Sources.Arxiv;

/// <summary>The announcements of a day, from arXiv's RSS or Atom form of them.</summary>
/// <remarks>Format: https://info.arxiv.org/help/rss_specifications.html.</remarks>
internal sealed partial class AnnouncementFeed
{
    public RecordBatch Batch { get; } = new(ArxivClient.Source);

    /// <summary>The papers announced as new, rather than as cross-listed or replaced.</summary>
    public HashSet<string> NewIds { get; } = [];

    /// <summary>The day of the announcements, on arXiv's calendar.</summary>
    public DateOnly? Day { get; private init; }

    public static AnnouncementFeed Read(SourceResponse response)
    {
        var root = FeedXml.Load(response);
        var channel = root.Name.LocalName switch
        {
            "rss" => root.Child("channel") ?? throw new MalformedResponseException("the RSS document has no channel."),
            "feed" => root,
            var name => throw new MalformedResponseException($"an RSS or Atom feed was expected, but the document is a <{name}>."),
        };
        if (FieldText.Line(channel.Text("title")) is { } title && title.Contains("Feed error", StringComparison.OrdinalIgnoreCase))
            throw new RefusedResponseException($"it refused the feed: {title}.", "Correct the categories asked for.");
        var items = channel.Children(root.Name.LocalName == "rss" ? "item" : "entry").ToList();
        var feed = new AnnouncementFeed { Day = DayOf(channel) ?? items.Select(DayOf).FirstOrDefault(day => day is not null) };
        foreach (var item in items)
            feed.Add(item);
        return feed;
    }

    private void Add(XElement item)
    {
        var identifier = FieldText.Line(item.Text("guid") ?? item.Text("id") ?? item.Text("link")) ?? "item without identifier";
        var (record, type) = (Batch.Add(identifier, () => Record(item, identifier)), Type(item));
        if (record is not null && type == "new")
            NewIds.Add(record.Arxiv!.Value.Id);
    }

    private static PaperRecord Record(XElement item, string identifier)
    {
        var (header, body) = Description(item);
        // The header names the version; a guid may not.
        var id = ArxivFields.Id(Header().Match(header) is { Success: true } match ? match.Groups["id"].Value : identifier);
        var summary = FieldText.TexLine(body);
        var comment = FieldText.TexLine(item.Text("comment"));
        return new PaperRecord
        {
            Source = ArxivClient.Source,
            Arxiv = id,
            Doi = Dois.Normalise(item.Text("DOI") ?? item.Text("doi")),
            Title = FieldText.TexLine(OldSuffix().Replace(item.Text("title") ?? "", "")) ?? "",
            Authors = AuthorList.Parse(FieldText.TexLine(string.Join(", ", item.Children("creator").Select(creator => creator.Value)))),
            Abstract = summary,
            Categories = ArxivFields.Categories(item.Children("category").Select(category => (string?)category.Attribute("term") ?? category.Value)),
            Venue = FieldText.TexLine(item.Text("journal_reference") ?? item.Text("journal_ref")),
            Comment = comment,
            Licence = FieldText.Line(item.Text("rights")),
            IsWithdrawn = Withdrawal.IsAnnounced(comment, summary),
        };
    }

    /// <summary>What stands before "Abstract:" and what after.</summary>
    private static (string Header, string Body) Description(XElement item)
    {
        var text = item.Text("description") ?? item.Text("summary") ?? "";
        var match = AbstractMark().Match(text);
        return match.Success ? (text[..match.Index], text[(match.Index + match.Length)..]) : ("", text);
    }

    private static string Type(XElement item) =>
        FieldText.Line(item.Text("announce_type")) ?? (Header().Match(Description(item).Header) is { Success: true } match ? match.Groups["type"].Value : "new");

    /// <summary>The date as written: its zone is arXiv's own, so the calendar day is the announcements'.</summary>
    private static DateOnly? DayOf(XElement element)
    {
        if (element.Text("pubDate") is { } mail)
        {
            try
            {
                return DateOnly.FromDateTime(SourceDates.MailInstant("pubDate", mail).DateTime);
            }
            catch (FieldProblemException)
            {
                return null;
            }
        }
        return (element.Text("published") ?? element.Text("updated"))?.Trim() is { Length: >= 10 } text
            && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    [GeneratedRegex(@"^\s*arXiv:(?<id>\S+)\s+Announce Type:\s*(?<type>[a-z-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    [GeneratedRegex(@"(?<=Announce Type:\s*[a-z-]+\s+)Abstract:\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AbstractMark();

    [GeneratedRegex(@"\s*\(arXiv:[^)]*\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex OldSuffix();
}
