using System.Diagnostics;
using DailyPapers.Papers;
using DailyPapers.Search;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Search;

public class IndexTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_found_at_once_and_not_by_what_it_was()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var follower = papers.Get<IndexFollower>();
        await follower.StartAsync(Token);
        await SearchFixture.StoreAsync(papers, [SearchFixture.Record("Old title") with { Arxiv = ArxivId.Parse("2001.00001v1") }]);
        await SeesAsync(papers, "old title", expected: 1);
        await SearchFixture.StoreAsync(papers, [SearchFixture.Record("Renamed entirely") with { Arxiv = ArxivId.Parse("2001.00001v2") }]);
        await SeesAsync(papers, "renamed", expected: 1);
        Assert.Empty(await SearchFixture.TitlesAsync(papers, "old"));
        await follower.StopAsync(Token);
    }

    [Fact]
    public async Task A_paper_that_vanished_from_the_database_is_no_hit()
    {
        await using var papers = await FilledAsync();
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
        await db.Papers.Where(p => p.Title.StartsWith("Linear")).ExecuteDeleteAsync(Token);
        var results = await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = "attention" }, Token);
        Assert.Equal((2, 2), (results.Hits.Count, results.Total));

        await SearchFixture.StoreAsync(papers, [SearchFixture.Record("Something else")]);
        await papers.Get<IndexCatchUp>().RunAsync(null, Token);
        Assert.Equal(SearchFixture.Collection().Count, (await papers.Get<PaperSearch>().StatusAsync(Token)).Documents);
    }

    [Fact]
    public async Task The_status_says_what_is_missing()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await SearchFixture.StoreAsync(papers, SearchFixture.Collection());
        var before = await papers.Get<PaperSearch>().StatusAsync(Token);
        var search = await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = "attention" }, Token);
        await papers.Get<IndexCatchUp>().RunAsync(null, Token);
        var after = await papers.Get<PaperSearch>().StatusAsync(Token);

        var all = SearchFixture.Collection().Count;
        Assert.Equal((0, false, new IndexBuild(0, all)), (before.Documents, before.IsUpToDate, before.Building));
        Assert.Equal(new IndexBuild(0, all), search.Building);
        Assert.Equal((all, true, null, true), (after.Documents, after.IsUpToDate, after.Building, after.IsWrittenHere));
    }

    [Fact]
    public async Task A_long_build_reports_its_progress()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await SearchFixture.StoreAsync(papers, [.. Enumerable.Range(0, 1_200).Select(i => SearchFixture.Record($"Paper number {i}"))]);
        var seen = new Recorder();
        await papers.Get<IndexCatchUp>().RunAsync(seen, Token);
        Assert.Equal([new(0, 1_200), new(500, 1_200), new(1_000, 1_200), new(1_200, 1_200)], seen.Builds);
    }

    [Fact]
    public async Task What_an_import_stores_is_indexed_while_it_runs()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var import = Task.Run(
            async () =>
            {
                for (var batch = 0; batch < 4; batch++)
                    await SearchFixture.StoreAsync(papers, [.. Enumerable.Range(0, 50).Select(i => SearchFixture.Record($"Batch {batch} paper {i}"))]);
            },
            Token);
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<IndexCatchUp>().RunDuringAsync(import, null, Token));
        Assert.Equal(200, (await papers.Get<PaperSearch>().StatusAsync(Token)).Documents);
    }

    [Fact]
    public async Task Another_history_of_the_database_starts_the_index_anew()
    {
        await using var papers = await FilledAsync();
        var backup = Path.Combine(papers.Directory.Root, "backup.db");
        await papers.Get<Backup>().CreateAsync(backup, Token);
        await SearchFixture.StoreAsync(papers, [SearchFixture.Record("Written after the backup")]);
        await papers.Get<IndexCatchUp>().RunAsync(null, Token);
        Assert.Single(await SearchFixture.TitlesAsync(papers, "written after backup"));

        await papers.Get<Backup>().RestoreAsync(backup, Token);
        await SearchFixture.StoreAsync(papers, [SearchFixture.Record("A different paper")]);
        await papers.Get<IndexCatchUp>().RunAsync(null, Token);
        Assert.Empty(await SearchFixture.TitlesAsync(papers, "\"written after\""));
        Assert.Single(await SearchFixture.TitlesAsync(papers, "\"different paper\""));
        Assert.Equal(SearchFixture.Collection().Count + 1, (await papers.Get<PaperSearch>().StatusAsync(Token)).Documents);
    }

    [Fact]
    public async Task A_deleted_index_is_built_again()
    {
        using var folder = new TemporaryFolder();
        await using (await FilledAsync(folder.Path))
        {
        }
        Directory.Delete(Path.Combine(folder.Path, "index"), recursive: true);
        await AssertHealsAsync(folder.Path);
    }

    [Fact]
    public async Task A_process_killed_at_any_moment_leaves_an_index_that_heals()
    {
        using var folder = new TemporaryFolder();
        await using var papers = await FilledAsync(Path.Combine(folder.Path, "running"));
        // Indexed and visible, but not committed: what a killed process loses.
        await SearchFixture.StoreAsync(papers, [SearchFixture.Record("Quokkas in the wild")]);
        var follower = papers.Get<IndexFollower>();
        await follower.StartAsync(Token);
        await SeesAsync(papers, "quokkas", expected: 1);

        var copy = Path.Combine(folder.Path, "copy");
        await papers.Get<Backup>().CreateAsync(Path.Combine(copy, "papers.db"), Token);
        CopyFolder(papers.Directory.IndexDirectory, Path.Combine(copy, "index"));
        await follower.StopAsync(Token);

        await using var recovered = await TemporaryPapers.CreateAsync(root: copy);
        Assert.Equal(CatchUpOutcome.Current, await recovered.Get<IndexCatchUp>().RunAsync(null, Token));
        Assert.Single(await SearchFixture.TitlesAsync(recovered, "quokkas"));
        Assert.Equal(SearchFixture.Collection().Count + 1, (await recovered.Get<PaperSearch>().StatusAsync(Token)).Documents);
    }

    [Fact]
    public async Task Every_file_of_the_index_may_be_cut_short_flipped_or_lost()
    {
        using var folder = new TemporaryFolder();
        await using (await FilledAsync(folder.Path))
        {
        }
        var index = Path.Combine(folder.Path, "index");
        var names = Directory.GetFiles(index).Select(Path.GetFileName).Where(name => name != "writer.lock").ToList();
        Assert.NotEmpty(names);
        foreach (var name in names)
        {
            var file = Path.Combine(index, name!);
            foreach (var damage in new Action<string>[] { Truncate, FlipInTheMiddle, File.Delete })
            {
                // A rebuild writes files of other names; the damage to those it no longer has was done before.
                if (File.Exists(file))
                    damage(file);
                await AssertHealsAsync(folder.Path);
            }
        }
    }

    [Fact]
    public async Task A_second_process_reads_what_the_first_writes_and_takes_over_when_it_ends()
    {
        using var folder = new TemporaryFolder();
        await using var second = await TemporaryPapers.CreateAsync(root: folder.Path);
        await using (var first = await FilledAsync(folder.Path))
        {
            Assert.Equal(CatchUpOutcome.WrittenElsewhere, await second.Get<IndexCatchUp>().RunAsync(null, Token));
            Assert.Equal(3, (await SearchFixture.TitlesAsync(second, "attention")).Count);

            await SearchFixture.StoreAsync(first, [SearchFixture.Record("More attention")]);
            await first.Get<IndexCatchUp>().RunAsync(null, Token);
            await second.Get<IndexCatchUp>().RunAsync(null, Token);
            Assert.Equal(4, (await SearchFixture.TitlesAsync(second, "attention")).Count);
            Assert.False((await second.Get<PaperSearch>().StatusAsync(Token)).IsWrittenHere);
        }
        await SearchFixture.StoreAsync(second, [SearchFixture.Record("Still more attention")]);
        Assert.Equal(CatchUpOutcome.Current, await second.Get<IndexCatchUp>().RunAsync(null, Token));
        Assert.Equal(5, (await SearchFixture.TitlesAsync(second, "attention")).Count);
    }

    [Fact]
    public async Task Searches_go_on_while_papers_are_written()
    {
        await using var papers = await FilledAsync();
        var follower = papers.Get<IndexFollower>();
        await follower.StartAsync(Token);
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 30; i++)
                    await SearchFixture.StoreAsync(papers, [SearchFixture.Record($"Attention paper {i}")]);
            },
            Token);
        var least = 3;
        while (!writing.IsCompleted)
        {
            var found = (await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = "attention" }, Token)).Total;
            Assert.InRange(found, least, 33);
            least = found;
        }
        await writing;
        await SeesAsync(papers, "attention", expected: 33);
        await follower.StopAsync(Token);
    }

    private static async Task<TemporaryPapers> FilledAsync(string? root = null)
    {
        var papers = await TemporaryPapers.CreateAsync(root: root);
        await SearchFixture.StoreAsync(papers, SearchFixture.Collection());
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<IndexCatchUp>().RunAsync(null, Token));
        return papers;
    }

    private static async Task AssertHealsAsync(string root)
    {
        await using var papers = await TemporaryPapers.CreateAsync(root: root);
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<IndexCatchUp>().RunAsync(null, Token));
        Assert.Equal(3, (await SearchFixture.TitlesAsync(papers, "attention")).Count);
        var status = await papers.Get<PaperSearch>().StatusAsync(Token);
        Assert.Equal((SearchFixture.Collection().Count, true), (status.Documents, status.IsUpToDate));
    }

    // The follower reacts on its own thread: what it must reach is waited for, with an end that a sound one never meets.
    private static async Task SeesAsync(TemporaryPapers papers, string text, int expected)
    {
        await papers.Get<ContentChanges>().NoticeAsync(Token);
        var started = Stopwatch.GetTimestamp();
        int found;
        do
        {
            found = (await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = text }, Token)).Total;
            await Task.Yield();
        }
        while (found != expected && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
        Assert.Equal(expected, found);
    }

    private static void Truncate(string file)
    {
        using var stream = File.OpenWrite(file);
        stream.SetLength(stream.Length / 2);
    }

    private static void FlipInTheMiddle(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length == 0)
            return;
        bytes[bytes.Length / 2] ^= 0x5A;
        File.WriteAllBytes(file, bytes);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from).Where(file => Path.GetFileName(file) != "writer.lock"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private sealed class Recorder : IProgress<IndexBuild>
    {
        public List<IndexBuild> Builds { get; } = [];

        public void Report(IndexBuild value) => Builds.Add(value);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("papers-index-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
