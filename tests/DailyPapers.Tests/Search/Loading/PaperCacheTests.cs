using DailyPapers.Papers;
using DailyPapers.Search.Loading;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Search.Loading;

public sealed class PaperCacheTests : IAsyncLifetime
{
    private TemporaryPapers? _papers;
    private IReadOnlyList<Paper> _stored = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _papers = await TemporaryPapers.CreateAsync();
        _stored = await SearchFixture.StoreAsync(_papers, [.. Enumerable.Range(0, 8).Select(i => SearchFixture.Record($"Paper {(char)('A' + i)}", "Text."))]);
    }

    public ValueTask DisposeAsync() => _papers!.DisposeAsync();

    [Fact]
    public async Task A_paper_is_read_once_and_again_when_it_has_changed()
    {
        var cache = new PaperCache();
        var first = await LoadAsync(cache);
        Assert.All(await LoadAsync(cache), entry => Assert.Same(first[entry.Key], entry.Value));

        await SearchFixture.SetUpvotesAsync(_papers!, _stored[2].Id, 7);
        var after = await LoadAsync(cache);
        Assert.Equal(7, after[_stored[2].Id].Paper.Upvotes);
        Assert.Equal([_stored[2].Id], after.Keys.Where(id => after[id] != first[id]));
    }

    [Fact]
    public async Task A_change_to_no_paper_leaves_what_was_read()
    {
        var cache = new PaperCache();
        var first = await LoadAsync(cache);
        await using (var db = await ContextAsync())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            await db.TakeChangeNumbersAsync(1, Cancellation);
            await transaction.CommitAsync(Cancellation);
        }
        Assert.All(await LoadAsync(cache), entry => Assert.Same(first[entry.Key], entry.Value));
    }

    [Fact]
    public async Task What_many_changes_wrote_is_shown()
    {
        var cache = new PaperCache();
        await LoadAsync(cache);
        await SearchFixture.StoreAsync(_papers!, [.. Enumerable.Range(0, 600).Select(i => SearchFixture.Record($"Another paper, number {i}"))]);
        await SearchFixture.SetUpvotesAsync(_papers!, _stored[0].Id, 3);
        Assert.Equal(3, (await LoadAsync(cache))[_stored[0].Id].Paper.Upvotes);
    }

    [Fact]
    public async Task A_small_cache_forgets_what_was_not_asked_for_and_still_finds_all()
    {
        var cache = new PaperCache(capacity: 2);
        var first = await LoadAsync(cache);
        var again = await LoadAsync(cache);
        Assert.Equal(_stored.Select(p => p.Title), _stored.Select(p => again[p.Id].Paper.Title));
        Assert.Contains(again, entry => entry.Value != first[entry.Key]);
    }

    [Fact]
    public async Task Unknown_papers_are_absent()
    {
        await using var db = await ContextAsync();
        Assert.Empty(await new PaperCache().LoadAsync(db, [long.MaxValue], Cancellation));
    }

    private async Task<IReadOnlyDictionary<long, ReadablePaper>> LoadAsync(PaperCache cache)
    {
        await using var db = await ContextAsync();
        return await cache.LoadAsync(db, [.. _stored.Select(p => p.Id)], Cancellation);
    }

    private Task<PapersDb> ContextAsync() => _papers!.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Cancellation);
}
