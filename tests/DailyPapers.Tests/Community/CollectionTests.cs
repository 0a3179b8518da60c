using System.Text.Json;
using CsCheck;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Collections;
using DailyPapers.Papers;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community;

public class CollectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Papers_keep_the_order_they_are_given_with_their_notes()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, stored) = (await papers.ReaderAsync(), await papers.PapersAsync(4));
        var writer = papers.Get<CollectionWriter>();
        var id = await CollectAsync(papers, ada, stored, isPublic: false);

        await writer.MoveAsync(ada, id, stored[3].Id, -1, Token);
        await writer.MoveAsync(ada, id, stored[0].Id, 1, Token);
        await writer.MoveAsync(ada, id, stored[1].Id, -1, Token);
        await writer.NoteAsync(ada, id, stored[2].Id, "  Read the appendix. ", Token);
        Assert.Equal([2, 1, 4, 3], await OrderAsync(papers, id, ada, stored));

        await writer.ArrangeAsync(ada, id, [stored[2].Id, 4711, stored[2].Id, stored[0].Id], Token);
        Assert.Equal([3, 1, 2, 4], await OrderAsync(papers, id, ada, stored));

        await writer.RemoveAsync(ada, id, stored[0].Id, Token);
        var again = await writer.AddAsync(ada, id, stored[0].Id, note: null, Token);
        Assert.False(again.IsMissing);
        Assert.Equal([3, 2, 4, 1], await OrderAsync(papers, id, ada, stored));
        var view = await papers.Get<CollectionReader>().FindAsync(id, ada, Token);
        Assert.Equal(["Read the appendix.", null, null, null], view!.Papers.Select(p => p.Note));
        Assert.Equal(4, view.Summary.Papers);
    }

    [Fact]
    public void A_move_and_an_arrangement_always_leave_every_paper_once() => Gen.Select(Gen.Int[-9, 9].Array[1, 8], Gen.Int[1, 6].Array[0, 9], Gen.Int[1, 6])
        .Sample((moves, arrangement, moved) => RunAsync(moves, arrangement, moved).GetAwaiter().GetResult(), iter: 12, threads: 1);

    private static async Task RunAsync(int[] moves, int[] arrangement, int moved)
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, stored) = (await papers.ReaderAsync(), await papers.PapersAsync(6));
        var writer = papers.Get<CollectionWriter>();
        var id = await CollectAsync(papers, ada, stored, isPublic: false);
        var expected = Enumerable.Range(1, 6).ToList();
        foreach (var places in moves)
        {
            var from = expected.IndexOf(moved);
            expected.RemoveAt(from);
            expected.Insert(Math.Clamp(from + places, 0, 5), moved);
            await writer.MoveAsync(ada, id, stored[moved - 1].Id, places, CancellationToken.None);
        }
        Assert.Equal(expected, await OrderAsync(papers, id, ada, stored));

        await writer.ArrangeAsync(ada, id, [.. arrangement.Select(number => stored[number - 1].Id)], CancellationToken.None);
        Assert.Equal(arrangement.Distinct().Concat(expected.Except(arrangement)), await OrderAsync(papers, id, ada, stored));
    }

    [Fact]
    public async Task Papers_that_are_added_and_moved_at_the_same_time_are_all_there_once()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, stored) = (await papers.ReaderAsync(), await papers.PapersAsync(12));
        var id = await CollectAsync(papers, ada, [], isPublic: true);
        var writer = papers.Get<CollectionWriter>();

        await Task.WhenAll(stored.SelectMany(paper => new[]
        {
            Task.Run(() => writer.AddAsync(ada, id, paper.Id, null, Token), Token),
            Task.Run(() => writer.AddAsync(ada, id, paper.Id, null, Token), Token),
            Task.Run(() => writer.MoveAsync(ada, id, paper.Id, -2, Token), Token),
        }));

        Assert.Equal(Enumerable.Range(1, 12), (await OrderAsync(papers, id, ada, stored)).Order());
        await using var db = await papers.DbAsync();
        Assert.Equal(12, await db.CollectionEntries.Select(e => e.Position).Distinct().CountAsync(Token));
    }

    [Fact]
    public async Task A_private_collection_exists_for_its_owner_only_and_leaves_no_trace()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, bo, stored) = (await papers.ReaderAsync(), await papers.ReaderAsync("Bo"), await papers.PapersAsync(2));
        var before = await papers.ChangeNumberAsync();
        var (reader, writer) = (papers.Get<CollectionReader>(), papers.Get<CollectionWriter>());
        var made = await writer.CreateAsync(ada, new("Mine", null, IsPublic: false), Token);
        var id = made.Collection!.Id;
        await using var db = await papers.DbAsync();

        Assert.Null(await reader.FindAsync(id, bo, Token));
        Assert.Null(await reader.FindAsync(id, null, Token));
        Assert.Empty(await reader.ListPublicAsync(10, Token));
        Assert.Empty(await reader.ListPublicOfAsync(ada, Token));
        Assert.True((await writer.AddAsync(bo, id, stored[0].Id, null, Token)).IsMissing);
        Assert.True((await writer.EditAsync(bo, id, new("Stolen", null, true), Token)).IsMissing);
        Assert.False(await writer.DeleteAsync(bo, id, Token));
        Assert.Empty(await db.AuditEntries.ToListAsync(Token));
        Assert.Equal("Mine", (await reader.FindAsync(id, ada, Token))!.Summary.Name);
        // Making one takes the write lock by a number; whatever follows in private takes none.
        await writer.AddAsync(ada, id, stored[0].Id, null, Token);
        Assert.Equal(before + 1, await papers.ChangeNumberAsync());
    }

    [Fact]
    public async Task What_others_see_of_it_changes_the_content_and_stands_in_the_audit_log()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, stored) = (await papers.ReaderAsync(), await papers.PapersAsync(2));
        var writer = papers.Get<CollectionWriter>();
        var id = await CollectAsync(papers, ada, stored, isPublic: false);
        var steps = new Func<Task>[]
        {
            () => writer.EditAsync(ada, id, new("Shown", null, IsPublic: true), Token),
            () => writer.MoveAsync(ada, id, stored[0].Id, 1, Token),
            () => writer.NoteAsync(ada, id, stored[0].Id, "See this", Token),
            () => writer.RemoveAsync(ada, id, stored[1].Id, Token),
            () => writer.AddAsync(ada, id, stored[1].Id, null, Token),
            () => writer.EditAsync(ada, id, new("Hidden", null, IsPublic: false), Token),
        };
        foreach (var step in steps)
        {
            var before = await papers.ChangeNumberAsync();
            await step();
            Assert.NotEqual(before, await papers.ChangeNumberAsync());
        }
        await using var db = await papers.DbAsync();
        var entries = await db.AuditEntries.OrderBy(e => e.Id).ToListAsync(Token);
        Assert.Equal(["collection.edit", "collection.arrange", "collection.note", "collection.remove", "collection.add", "collection.edit"], entries.Select(e => e.Action));
        Assert.All(entries, entry => Assert.Equal((ada, $"collection:{id}"), (entry.ActorId, entry.Subject)));
    }

    [Theory]
    [InlineData("Généralisation & Grokking!", "generalisation-grokking")]
    [InlineData("  A  --  b ", "a-b")]
    [InlineData("深度学习", "collection")]
    [InlineData("../../etc", "etc")]
    public void A_slug_is_plain(string name, string expected) => Assert.Equal(expected, Slugs.Of(name));

    [Fact]
    public void A_slug_is_never_empty_and_needs_no_escaping() => Gen.String.Sample(name =>
    {
        var slug = Slugs.Of(new string(name.Where(c => !char.IsSurrogate(c)).ToArray()));
        return slug.Length is > 0 and <= Slugs.Longest && slug == Uri.EscapeDataString(slug) && slug.Trim('-') == slug && !slug.Contains("--", StringComparison.Ordinal);
    });

    [Fact]
    public async Task Exports_hold_all_papers_in_order_and_no_text_breaks_out()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.ReaderAsync();
        var stored = await papers.PapersAsync(
            LibraryScene.Record("Deep [learning](https://evil.example) <b>", ["Ada Lovelace"]),
            LibraryScene.Record("Deep learning for $x^2$ costs", ["Ada Lovelace"]));
        var id = await CollectAsync(papers, ada, stored, isPublic: true);
        await papers.Get<CollectionWriter>().NoteAsync(ada, id, stored[0].Id, "First\n# not a heading", Token);
        var view = (await papers.Get<CollectionReader>().FindAsync(id, null, Token))!;
        static string Url(Paper paper) => "https://papers.example/" + paper.Key;

        using var json = JsonDocument.Parse(CollectionExports.Json(view, Url));
        Assert.Equal(stored.Select(p => p.Title), json.RootElement.GetProperty("papers").EnumerateArray().Select(p => p.GetProperty("title").GetString()));
        var keys = CollectionExports.BibTeX(view).Split('\n').Where(line => line.StartsWith('@')).ToList();
        Assert.Equal(["@misc{lovelace2025deep,", "@misc{lovelace2025deepb,"], keys);
        var markdown = CollectionExports.Markdown(view, Url);
        Assert.Contains("1. [Deep \\[learning\\](https\\://evil.example) \\<b\\>](https://papers.example/", markdown, StringComparison.Ordinal);
        Assert.Contains("   > First \\# not a heading\n", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erased_person_s_collections_are_gone_and_others_stay()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, bo, stored) = (await papers.ReaderAsync(), await papers.ReaderAsync("Bo"), await papers.PapersAsync(2));
        await CollectAsync(papers, ada, stored, isPublic: true);
        await CollectAsync(papers, bo, stored, isPublic: true);
        await using var db = await papers.DbAsync();
        var email = await db.Users.Where(a => a.Id == ada).Select(a => a.Email!).SingleAsync(Token);

        Assert.True(await papers.Get<AccountRemoval>().RemoveAsync(email, Token));

        Assert.Equal(bo, (await db.Collections.AsNoTracking().SingleAsync(Token)).AccountId);
        Assert.Equal(2, await db.CollectionEntries.CountAsync(Token));
    }

    private static async Task<long> CollectAsync(TemporaryPapers papers, long accountId, IReadOnlyList<Paper> stored, bool isPublic)
    {
        var writer = papers.Get<CollectionWriter>();
        var id = (await writer.CreateAsync(accountId, new("Some papers", "About something", isPublic), Token)).Collection!.Id;
        foreach (var paper in stored)
            await writer.AddAsync(accountId, id, paper.Id, note: null, Token);
        return id;
    }

    // The papers by their number, 1 for the first stored.
    private static async Task<List<int>> OrderAsync(TemporaryPapers papers, long id, long viewer, IReadOnlyList<Paper> stored)
    {
        var view = await papers.Get<CollectionReader>().FindAsync(id, viewer, Token);
        return view!.Papers.Select(entry => stored.Select(p => p.Id).ToList().IndexOf(entry.Listed.Paper.Id) + 1).ToList();
    }
}
