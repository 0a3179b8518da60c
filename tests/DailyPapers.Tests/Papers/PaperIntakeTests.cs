using DailyPapers.Papers;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Papers;

public class PaperIntakeTests
{
    [Fact]
    public async Task Storing_the_same_record_again_changes_nothing()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var record = Record("2001.04438v1", "The Two-Pass Softmax Algorithm");
        var first = await papers.Get<PaperIntake>().StoreAsync([record], cancellationToken: TestContext.Current.CancellationToken);
        var again = await papers.Get<PaperIntake>().StoreAsync([record, record], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((1, 0, 0), (first.Added, first.Updated, first.Unchanged));
        Assert.Equal((0, 0, 1), (again.Added, again.Updated, again.Unchanged));
        Assert.Equal(first.Papers[0].ChangeSequence, again.Papers[0].ChangeSequence);
    }

    [Fact]
    public async Task A_newer_version_replaces_and_an_older_one_only_fills_gaps()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var intake = papers.Get<PaperIntake>();
        await intake.StoreAsync([Record("2001.04438v2", "Second title")], cancellationToken: TestContext.Current.CancellationToken);
        await intake.StoreAsync([Record("2001.04438v1", "First title") with { Doi = "10.1/x" }], cancellationToken: TestContext.Current.CancellationToken);
        var afterOlder = await papers.Get<PaperReader>().FindAsync("arXiv:2001.04438", TestContext.Current.CancellationToken);
        await intake.StoreAsync([Record("2001.04438v3", "Third title")], cancellationToken: TestContext.Current.CancellationToken);
        var afterNewer = await papers.Get<PaperReader>().FindAsync("2001.04438v9", TestContext.Current.CancellationToken);

        Assert.True(afterNewer!.ChangeSequence > afterOlder!.ChangeSequence);
        Assert.Equal(("Second title", "10.1/x", 2), (afterOlder.Title, afterOlder.Doi, afterOlder.ArxivVersion));
        Assert.Equal(("Third title", "10.1/x", 3), (afterNewer!.Title, afterNewer.Doi, afterNewer.ArxivVersion));
        Assert.Equal([1, 2, 3], afterNewer.Versions.Select(v => v.Number));
    }

    [Fact]
    public async Task A_paper_without_identifiers_is_recognised_by_title_and_first_author_and_keeps_its_old_address()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var intake = papers.Get<PaperIntake>();
        var bare = new PaperRecord { Source = "jsonl", Title = "Über  die {G}rößen: a study", Authors = [new Author { Name = "Ana Müller" }], Published = new DateOnly(2020, 1, 1), PublishedPrecision = DatePrecision.Year };
        var stored = (await intake.StoreAsync([bare], cancellationToken: TestContext.Current.CancellationToken)).Papers[0];
        var oldKey = stored.Key;
        var arxiv = Record("2003.00001v1", "Uber die Grossen: A Study") with { Title = "Über die Größen: A Study", Authors = [new Author { Name = "A. Müller" }] };
        var result = await intake.StoreAsync([arxiv], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((0, 1), (result.Added, result.Updated));
        Assert.Equal("2003.00001", result.Papers[0].Key);
        Assert.Equal(stored.Id, (await papers.Get<PaperReader>().FindAsync(oldKey, TestContext.Current.CancellationToken))!.Id);
    }

    [Fact]
    public async Task Two_papers_with_one_title_but_different_arxiv_ids_stay_two()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var result = await papers.Get<PaperIntake>().StoreAsync(
            [Record("2001.00001v1", "Reply"), Record("2001.00002v1", "Reply")], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(2, result.Added);
    }

    private static PaperRecord Record(string id, string title) => new()
    {
        Source = "arxiv",
        Arxiv = ArxivId.Parse(id),
        Title = title,
        Authors = [new Author { Name = "Marat Dukhan" }],
        Published = new DateOnly(2020, 1, 13),
    };
}
