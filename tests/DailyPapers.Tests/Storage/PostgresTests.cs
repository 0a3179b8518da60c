using DailyPapers.Community.Accounts;
using DailyPapers.Community.Following;
using DailyPapers.Community.Scoring;
using DailyPapers.Community.Upvotes;
using DailyPapers.Digests;
using DailyPapers.Editions;
using DailyPapers.Editions.Starter;
using DailyPapers.Papers;
using DailyPapers.Reproductions;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DailyPapers.Tests.Storage;

/// <summary>The embedded database is SQLite, but nothing in schema or queries may be SQLite's alone.</summary>
public sealed class PostgresTests : IAsyncLifetime, IDbContextFactory<PapersDb>
{
    private readonly string _database = "papers_test_" + Guid.NewGuid().ToString("N");
    private DbContextOptions<PapersDb>? _options;

    private static string? Server => Environment.GetEnvironmentVariable("PAPERS_TEST_POSTGRES");

    public PapersDb CreateDbContext() => new(_options!);

    public async ValueTask InitializeAsync()
    {
        if (Server is null)
            return;
        _options = new DbContextOptionsBuilder<PapersDb>()
            .UseNpgsql(new NpgsqlConnectionStringBuilder(Server) { Database = _database, Pooling = false }.ConnectionString)
            .Options;
        await using var db = CreateDbContext();
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_options is null)
            return;
        await using var db = CreateDbContext();
        await db.Database.EnsureDeletedAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Papers_editions_votes_digests_and_reproductions_work_on_PostgreSQL()
    {
        OptionalComponent.Require(Server is not null, "No PostgreSQL server: set PAPERS_TEST_POSTGRES to a connection string.");
        var token = TestContext.Current.CancellationToken;
        await new DatabaseSetup(this).RunAsync(token);
        var scoring = new PaperScoring([new UpvoteEvents()]);
        var intake = new PaperIntake(this, TimeProvider.System);
        var followers = new FollowerNotices(new SiteCalendar(Options.Create(new SiteOptions()), TimeProvider.System), TimeProvider.System);
        var starter = new StarterCollection(this, intake, new EditionWriter(this, scoring, followers, TimeProvider.System), TimeProvider.System);
        Assert.Equal(61, await starter.LoadAsync(token));
        Assert.Equal(0, await starter.LoadAsync(token));
        await new ShippedReproductions(new ReproductionLibrary(this, new ShippedDeclarations())).LoadAsync(token);

        var view = await new EditionReader(this).ReadAsync(Period.Day(new DateOnly(2025, 8, 13)), token);
        Assert.Equal(61, view.Papers.Count);
        Assert.Equal(61, (await new EditionReader(this).CalendarAsync(Period.MonthOf(new DateOnly(2025, 8, 13)), token)).Values.Sum());
        Assert.Equal(50, (await new Trending(this, TimeProvider.System).ReadAsync(50, token)).Count);

        var paper = (await new PaperReader(this).FindAsync("2001.04438v1", token))!;
        await using var db = CreateDbContext();
        var account = new Account { DisplayName = "Ada", UserName = "ada@example.org" };
        db.Add(account);
        db.Add(new Subscriber { Email = "ada@example.org", NormalizedEmail = "ada@example.org", CreatedAt = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync(token);
        var upvoting = new Upvoting(this, scoring, TimeProvider.System);
        Assert.Equal(1, await upvoting.SetAsync(account.Id, paper.Id, wanted: true, token));
        Assert.Equal(1, await upvoting.SetAsync(account.Id, paper.Id, wanted: true, token));
        Assert.Equal(0, await upvoting.SetAsync(account.Id, paper.Id, wanted: false, token));
        Assert.Contains("softmax", (await db.Papers.SingleAsync(p => p.Keywords.Contains("softmax"), token)).Title, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(61, await db.Papers.Select(p => p.ChangeSequence).Distinct().CountAsync(token));
    }
}
