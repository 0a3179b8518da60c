using System.Globalization;
using System.Xml;
using DailyPapers.Papers;
using DailyPapers.Tex;
using DailyPapers.Web.Parts;

namespace DailyPapers.Web.Feeds;

/// <summary>Writes a list of papers as an Atom feed (RFC 4287).</summary>
internal static class AtomFeed
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/atom+xml; charset=utf-8";

    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <summary>Writes the feed.</summary>
    /// <param name="title">What the feed is called.</param>
    /// <param name="site">The address of the site, without a slash at the end.</param>
    /// <param name="selfPath">The path of the feed, with its query.</param>
    /// <param name="pagePath">The path of the page that shows the same.</param>
    /// <param name="papers">The entries in their order.</param>
    /// <param name="emptySince">When the feed counts as updated while it has no entry.</param>
    public static byte[] Write(string title, string site, string selfPath, string pagePath, IReadOnlyList<Paper> papers, DateTimeOffset emptySince) =>
        Write(title, site, selfPath, pagePath, papers.Select(paper => new FeedEntry(paper, paper.AddedAt)).ToList(), emptySince);

    /// <summary>Writes the feed of papers with the time they came into it.</summary>
    public static byte[] Write(string title, string site, string selfPath, string pagePath, IReadOnlyList<FeedEntry> entries, DateTimeOffset emptySince)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new System.Text.UTF8Encoding(false) }))
        {
            xml.WriteStartElement("feed", Atom);
            Element(xml, "id", site + selfPath);
            Element(xml, "title", title);
            Element(xml, "updated", Instant(entries.Count > 0 ? entries.Max(Updated) : emptySince));
            Link(xml, "self", site + selfPath, "application/atom+xml");
            Link(xml, "alternate", site + pagePath, "text/html");
            foreach (var entry in entries)
                Entry(xml, site, entry);
            xml.WriteEndElement();
        }
        return stream.ToArray();
    }

    private static void Entry(XmlWriter xml, string site, FeedEntry entry)
    {
        var paper = entry.Paper;
        xml.WriteStartElement("entry", Atom);
        Element(xml, "id", site + PaperLink.To(paper));
        Element(xml, "title", PlainTitle.Of(paper));
        Element(xml, "updated", Instant(Updated(entry)));
        Element(xml, "published", Instant(entry.At));
        Link(xml, "alternate", site + PaperLink.To(paper), "text/html");
        if (PaperLink.Pdf(paper) is { } pdf)
            Link(xml, "related", pdf, "application/pdf");
        foreach (var author in paper.Authors)
        {
            xml.WriteStartElement("author", Atom);
            Element(xml, "name", author.Name);
            xml.WriteEndElement();
        }
        foreach (var category in paper.Categories)
        {
            xml.WriteStartElement("category", Atom);
            xml.WriteAttributeString("term", Valid(category));
            xml.WriteEndElement();
        }
        if (entry.Note is { } note)
            Element(xml, "summary", note);
        else if ((paper.Summary ?? paper.Abstract) is { } text)
            Element(xml, "summary", TexText.ParseAbstract(text).ToPlainText());
        xml.WriteEndElement();
    }

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
