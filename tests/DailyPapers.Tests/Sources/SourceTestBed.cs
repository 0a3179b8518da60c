using System.Globalization;
using System.Text.Json;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Tests.Sources;

/// <summary>The product set to fetch from a test's server, without waiting.</summary>
internal sealed class SourceTestBed : IAsyncDisposable
{
    private readonly TemporaryPapers _papers;

    private SourceTestBed(TemporaryPapers papers, JumpingTime time) => (_papers, Time) = (papers, time);

    public JumpingTime Time { get; }

    public static async Task<SourceTestBed> CreateAsync(SourceServer? server, KillSwitch? kill = null, string? root = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var time = new JumpingTime();
        var all = server?.Settings() ?? [];
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
            all[key] = value;
        var papers = await TemporaryPapers.CreateAsync(
            all,
            services =>
            {
                services.AddSingleton<TimeProvider>(time);
                if (kill is not null)
                    services.ConfigureDbContext<PapersDb>(options => options.AddInterceptors(kill, kill.Transactions));
            },
            root);
        return new SourceTestBed(papers, time);
    }

    public T Get<T>() where T : notnull => _papers.Get<T>();

    /// <summary>Everything a source writes, as text: what two runs must agree on.</summary>
    public async Task<string> DumpAsync(bool withCursors = true)
    {
        await using var db = await Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync();
        var papers = await db.Papers.AsNoTracking().OrderBy(p => p.Key).ToListAsync();
        var editions = await db.Editions.AsNoTracking().Include(e => e.Entries).ThenInclude(e => e.Paper).OrderBy(e => e.Date).ToListAsync();
        var cursors = await db.SourceCursors.AsNoTracking().OrderBy(c => c.Key).ToListAsync();
        var lines = papers.Select(p => JsonSerializer.Serialize(new
        {
            p.Key,
            p.ArxivId,
            p.ArxivVersion,
            p.Doi,
            p.Title,
            p.Authors,
            p.Abstract,
            p.Categories,
            p.Keywords,
            p.Published,
            p.PublishedPrecision,
            p.Revised,
            p.Venue,
            p.Comment,
            p.Licence,
            p.Versions,
            p.IsWithdrawn,
            p.Source,
        }));
        lines = lines.Concat(editions.Select(e => $"{e.Date:yyyy-MM-dd}: {string.Join(' ', e.Entries.OrderBy(entry => entry.Position).Select(entry => entry.Paper!.Key))}"));
        if (withCursors)
            lines = lines.Concat(cursors.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.State}")));
        return string.Join('\n', lines);
    }

    public ValueTask DisposeAsync() => _papers.DisposeAsync();
}
