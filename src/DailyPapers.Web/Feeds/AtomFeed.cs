using System.Globalization;
using System.Xml;
using DailyPapers.Papers;
using DailyPapers.Tex;
using DailyPapers.Web.Parts;

namespace DailyPapers.Web.Feeds;

/// <summary>Writes lists of papers and of other things as Atom feeds (RFC 4287).</summary>
internal static class AtomFeed
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/atom+xml; charset=utf-8";

    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <summary>Writes a feed of papers.</summary>
    /// <param name="title">What the feed is called.</param>
    /// <param name="site">The address of the site, without a slash at the end.</param>
    /// <param name="selfPath">The path of the feed, with its query.</param>
    /// <param name="pagePath">The path of the page that shows the same.</param>
    /// <param name="papers">The entries in their order.</param>
    /// <param name="emptySince">When the feed counts as updated while it has no entry.</param>
    public static byte[] Write(string title, string site, string selfPath, string pagePath, IReadOnlyList<Paper> papers, DateTimeOffset emptySince) =>
        Write(title, site, selfPath, pagePath, papers.Select(paper => EntryOf(new FeedEntry(paper, paper.AddedAt))).ToList(), emptySince);

    /// <summary>Writes the feed of papers with the time they came into it.</summary>
    public static byte[] Write(string title, string site, string selfPath, string pagePath, IReadOnlyList<FeedEntry> entries, DateTimeOffset emptySince) =>
        Write(title, site, selfPath, pagePath, entries.Select(EntryOf).ToList(), emptySince);

    /// <summary>Writes a feed of anything.</summary>
    /// <param name="title">What the feed is called.</param>
    /// <param name="site">The address of the site, without a slash at the end.</param>
    /// <param name="selfPath">The path of the feed, with its query.</param>
    /// <param name="pagePath">The path of the page that shows the same.</param>
    /// <param name="entries">The entries in their order.</param>
    /// <param name="emptySince">When the feed counts as updated while it has no entry.</param>
    public static byte[] Write(string title, string site, string selfPath, string pagePath, IReadOnlyList<AtomEntry> entries, DateTimeOffset emptySince)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new System.Text.UTF8Encoding(false) }))
        {
            xml.WriteStartElement("feed", Atom);
            Element(xml, "id", site + selfPath);
            Element(xml, "title", title);
            Element(xml, "updated", Instant(entries.Count > 0 ? entries.Max(entry => entry.Updated) : emptySince));
            Link(xml, "self", site + selfPath, "application/atom+xml");
            Link(xml, "alternate", site + pagePath, "text/html");
            foreach (var entry in entries)
                Write(xml, site, entry);
            xml.WriteEndElement();
        }
        return stream.ToArray();
    }

    private static void Write(XmlWriter xml, string site, AtomEntry entry)
    {
        xml.WriteStartElement("entry", Atom);
        Element(xml, "id", site + entry.Id);
        Element(xml, "title", entry.Title);
        Element(xml, "updated", Instant(entry.Updated));
        Element(xml, "published", Instant(entry.Published));
        Link(xml, "alternate", site + entry.Path, "text/html");
        if (entry.Pdf is { } pdf)
            Link(xml, "related", pdf, "application/pdf");
        foreach (var author in entry.Authors)
        {
            xml.WriteStartElement("author", Atom);
            Element(xml, "name", author);
            xml.WriteEndElement();
        }
        foreach (var category in entry.Categories)
        {
            xml.WriteStartElement("category", Atom);
            xml.WriteAttributeString("term", Valid(category));
            xml.WriteEndElement();
        }
        if (entry.Summary is { } text)
            Element(xml, "summary", text);
        if (entry.Html is { } html)
        {
            xml.WriteStartElement("content", Atom);
            xml.WriteAttributeString("type", "html");
            xml.WriteString(Valid(html));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static AtomEntry EntryOf(FeedEntry entry) =>
        new(PaperLink.To(entry.Paper), PaperLink.To(entry.Paper), PlainTitle.Of(entry.Paper), entry.At, Updated(entry))
        {
            Pdf = PaperLink.Pdf(entry.Paper),
            Authors = entry.Paper.Authors.ConvertAll(author => author.Name),
            Categories = entry.Paper.Categories,
            Summary = entry.Note ?? ((entry.Paper.Summary ?? entry.Paper.Abstract) is { } text ? TexText.ParseAbstract(text).ToPlainText() : null),
        };

    private static DateTimeOffset Updated(FeedEntry entry) => entry.Paper.Revised is { } revised && revised > entry.At ? revised : entry.At;

    private static string Instant(DateTimeOffset when) => when.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static void Link(XmlWriter xml, string relation, string address, string type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", Valid(address));
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Atom, Valid(text));

    // Characters that XML cannot hold, which a database can.
    private static string Valid(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
            return text;
        var valid = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                valid.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                valid.Append(text[i]).Append(text[++i]);
        }
        return valid.ToString();
    }
}
