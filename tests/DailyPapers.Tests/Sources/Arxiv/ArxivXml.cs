using System.Globalization;
using System.Security;

namespace DailyPapers.Tests.Sources.Arxiv;

/// <summary>Writes answers in arXiv's documented formats.</summary>
internal static class ArxivXml
{
    public static string Entry(string id, string title = "A Title", string published = "2025-08-01T10:00:00Z", string extra = "") => $"""
        <entry>
          <id>http://arxiv.org/abs/{id}</id><updated>{published}</updated><published>{published}</published>
          <title>{SecurityElement.Escape(title)}</title><summary>  An abstract
          over two lines. </summary>
          <author><name>Ana M\"uller</name><arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">ETH</arxiv:affiliation></author>
          <author><name>Bo Li</name></author>
          <link href="http://arxiv.org/abs/{id}" rel="alternate" type="text/html"/>
          <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.LG"/>
          <category term="cs.LG"/><category term="stat.ML"/><category term="68T07"/>{extra}
        </entry>
        """;

    public static Answer Atom(int total, params IEnumerable<string> entries) => new(AtomText(total, entries));

    public static string AtomText(int total, params IEnumerable<string> entries) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query</title><id>http://arxiv.org/api/x</id>
        <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{total}</opensearch:totalResults>
        {string.Concat(entries)}
        </feed>
        """;

    public static string ErrorFeed(string reason) => AtomText(1, $"<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>{reason}</summary></entry>");

    public static string Record(string id, string title = "A Title", string authors = "Ana M\\\"uller (ETH), Bo Li", string comments = "12 pages", string versions = "", string datestamp = "2025-08-01", string more = "") => $"""
        <record><header><identifier>oai:arXiv.org:{id}</identifier><datestamp>{datestamp}</datestamp><setSpec>cs:cs:LG</setSpec></header>
        <metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">
          <id>{id}</id><submitter>Bo Li</submitter>
          {(versions.Length > 0 ? versions : Version(1, "Fri, 1 Aug 2025 10:00:00 GMT"))}
          <title>{SecurityElement.Escape(title)}</title><authors>{authors}</authors><categories>cs.LG stat.ML</categories>
          <comments>{comments}</comments><license>http://creativecommons.org/licenses/by/4.0/</license><abstract>  An abstract. </abstract>{more}
        </arXivRaw></metadata></record>
        """;

    public static string Version(int number, string date) => $"<version version=\"v{number}\"><date>{date}</date><size>12kb</size><source_type>D</source_type></version>";

    public static string Deleted(string id) =>
        $"<record><header status=\"deleted\"><identifier>oai:arXiv.org:{id}</identifier><datestamp>2025-08-01</datestamp></header></record>";

    public static Answer List(string? token, params IEnumerable<string> records) => new(Oai($"""
        <ListRecords>{string.Concat(records)}{(token is null ? "" : $"<resumptionToken cursor=\"0\" completeListSize=\"9\">{SecurityElement.Escape(token)}</resumptionToken>")}</ListRecords>
        """));

    public static Answer OaiError(string code, string text = "") => new(Oai($"<error code=\"{code}\">{text}</error>"));

    public static string Oai(string content) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2025-08-14T12:00:00Z</responseDate><request>x</request>{content}</OAI-PMH>
        """;

    public static string Item(string id, string type, string title = "A Title", string creator = "Ana Müller, Bo Li") => $"""
        <item><title>{SecurityElement.Escape(title)}</title><link>https://arxiv.org/abs/{id[..id.IndexOf('v', StringComparison.Ordinal)]}</link>
        <description>arXiv:{id} Announce Type: {type}
        Abstract: Abstract: things and more.</description><guid isPermaLink="false">oai:arXiv.org:{id}</guid>
        <category>cs.LG</category><pubDate>Thu, 14 Aug 2025 00:00:00 -0400</pubDate><arxiv:announce_type>{type}</arxiv:announce_type>
        <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights><dc:creator>{creator}</dc:creator></item>
        """;

    public static Answer Rss(params IEnumerable<string> items) => new(string.Create(CultureInfo.InvariantCulture, $"""
        <?xml version='1.0' encoding='UTF-8'?>
        <rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
        <title>cs.LG updates on arXiv.org</title><pubDate>Thu, 14 Aug 2025 00:00:00 -0400</pubDate>{string.Concat(items)}</channel></rss>
        """));
}
