using DailyPapers.Papers;
using DailyPapers.Sources;
using DailyPapers.Sources.Arxiv;

namespace DailyPapers.Tests.Sources.Arxiv;

public class ArxivAnnouncementsTests
{
    [Fact]
    public async Task New_announcements_make_the_edition_of_their_day_in_their_order()
    {
        await using var server = await SourceServer.AnswerAsync(ArxivXml.Rss(
            ArxivXml.Item("2508.00003v1", "new"), ArxivXml.Item("2508.00001v1", "new", "Second", "A. Lee (Univ. A, Town, Land), B. Kim"),
            ArxivXml.Item("2508.00002v1", "cross", "Third"), ArxivXml.Item("2507.00009v4", "replace", "Fourth"), ArxivXml.Item("2507.00008v2", "replace-cross", "Fifth")));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var summary = await bed.Get<ArxivAnnouncements>().RunAsync(["cs.LG", "stat.ML"], makeEdition: true, TestContext.Current.CancellationToken);
        var paper = await bed.Get<PaperReader>().FindAsync("2508.00001", TestContext.Current.CancellationToken);

        Assert.Equal(5, summary.Added);
        Assert.Equal(["/rss/cs.LG+stat.ML"], server.Requests);
        Assert.Contains("2025-08-14: 2508.00003 2508.00001\n", await bed.DumpAsync(), StringComparison.Ordinal);
        Assert.Equal(("Second", "Abstract: things and more.", 1), (paper!.Title, paper.Abstract, paper.ArxivVersion));
        Assert.Equal([new Author { Name = "A. Lee", Affiliation = "Univ. A, Town, Land" }, new Author { Name = "B. Kim" }], paper.Authors);
    }

    [Fact]
    public async Task The_same_day_again_changes_nothing()
    {
        await using var server = await SourceServer.AnswerAsync(ArxivXml.Rss(ArxivXml.Item("2508.00003v1", "new"), ArxivXml.Item("2508.00001v1", "new", "Second")));
        await using var bed = await SourceTestBed.CreateAsync(server);
        await bed.Get<ArxivAnnouncements>().RunAsync(["cs.LG"], makeEdition: true, TestContext.Current.CancellationToken);
        var before = await bed.DumpAsync();

        var summary = await bed.Get<ArxivAnnouncements>().RunAsync(["cs.LG"], makeEdition: true, TestContext.Current.CancellationToken);

        Assert.Equal((0, 0, 2), (summary.Added, summary.Updated, summary.Unchanged));
        Assert.Equal(before, await bed.DumpAsync());
    }

    [Fact]
    public async Task The_atom_form_is_read_too_and_a_day_without_announcements_makes_no_edition()
    {
        const string Atom = """
            <?xml version='1.0' encoding='UTF-8'?>
            <feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom">
            <title>cs.LG updates on arXiv.org</title><updated>2025-08-14T04:00:00-04:00</updated>
            <entry><id>oai:arXiv.org:2508.00001v1</id><title>T</title><summary>arXiv:2508.00001v1 Announce Type: new
            Abstract: Text.</summary><category term="cs.LG"/><published>2025-08-14T00:00:00-04:00</published>
            <arxiv:announce_type>new</arxiv:announce_type><dc:creator>A. Lee</dc:creator></entry></feed>
            """;
        await using var server = await SourceServer.AnswerAsync(new Answer(Atom), ArxivXml.Rss());
        await using var bed = await SourceTestBed.CreateAsync(server);

        await bed.Get<ArxivAnnouncements>().RunAsync(["cs.LG"], makeEdition: true, TestContext.Current.CancellationToken);
        var empty = await bed.Get<ArxivAnnouncements>().RunAsync(["cs.LG"], makeEdition: true, TestContext.Current.CancellationToken);

        Assert.Equal(0, empty.Accepted);
        Assert.Single((await bed.DumpAsync()).Split('\n'), line => line.StartsWith("2025-08-14: 2508.00001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_category_is_shown()
    {
        await using var server = await SourceServer.AnswerAsync(new Answer("<rss><channel><title>Feed error for query: cs.XX</title></channel></rss>"));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var error = await Assert.ThrowsAsync<SourceException>(() => bed.Get<ArxivAnnouncements>().RunAsync(["cs.XX"], makeEdition: false, TestContext.Current.CancellationToken));

        Assert.Contains("Feed error for query: cs.XX", error.Message, StringComparison.Ordinal);
    }
}
