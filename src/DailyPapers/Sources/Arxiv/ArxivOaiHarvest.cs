using System.Globalization;
using DailyPapers.Papers;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Sources.Arxiv;

/// <summary>
/// Harvests arXiv in bulk over OAI-PMH, window by window of change dates. Each page and the cursor behind it are one
/// transaction, so that a run killed anywhere goes on at the page it had not stored.
/// </summary>
public sealed class ArxivOaiHarvest
{
    private const int MostRestarts = 2;

    private readonly ArxivClient _client;
    private readonly PaperIntake _intake;
    private readonly SourceCursors _cursors;
    private readonly TimeProvider _time;

    internal ArxivOaiHarvest(ArxivClient client, PaperIntake intake, SourceCursors cursors, TimeProvider time)
    {
        _client = client;
        _intake = intake;
        _cursors = cursors;
        _time = time;
    }

    /// <summary>
    /// Harvests what changed. A selection without an end is a standing one: each run begins where the one before ended.
    /// </summary>
    /// <exception cref="SourceException">arXiv gave no usable answer, or refused the selection.</exception>
    public async Task<SourceSummary> RunAsync(ArxivOaiSelection selection, IProgress<SourceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        selection.Check();
        var key = selection.CursorKey;
        var stored = await _cursors.ReadAsync<State>(key, cancellationToken);
        var state = stored is { IsComplete: false } ? stored : await BeginAsync(selection, cancellationToken);
        var summary = new SourceSummary { ResumedFrom = stored is { IsComplete: false } ? stored.ToString() : null };
        // A list that grows while it is read has no end: the goal is fixed at the start.
        var goal = selection.Until is { } until ? Earlier(until, Today) : Today;
        var restarts = 0;
        var seen = new HashSet<string>();
        while (true)
        {
            if (state.Token is null)
                state = state with { Until = Earlier(state.From.AddDays(selection.WindowDays - 1), Later(goal, state.From)), AskedOn = Today };
            else
                seen.Add(state.Token);
            progress?.Report(new SourceProgress($"arXiv changes from {state.From:yyyy-MM-dd} to {state.Until:yyyy-MM-dd}", summary.Accepted + summary.Rejected, null));
            var page = await _client.GetAsync(Request(selection, state), OaiPage.Read, cancellationToken);
            if (page.TokenExpired || (page.Token is not null && seen.Contains(page.Token)))
            {
                // The order within a list is arXiv's own, so only a whole window counts as harvested.
                if (++restarts > MostRestarts)
                    throw new SourceException(ArxivClient.Name, $"its list of changes from {state.From:yyyy-MM-dd} to {state.Until:yyyy-MM-dd} broke off {restarts} times: its resumption token was {(page.TokenExpired ? "refused" : "repeated")}.", "Run again later; it goes on with that list.");
                state = state with { Token = null, Page = 0 };
                seen.Clear();
                await _cursors.WriteAsync(key, state, cancellationToken);
                continue;
            }

            var (next, done) = Next(state, page.Token, selection, goal);
            var result = await StoreAsync(page, key, next, cancellationToken);
            summary = summary.Plus(result, page.Batch.Records.Count, page.Batch.Rejects);
            progress?.Report(new SourceProgress($"arXiv changes from {state.From:yyyy-MM-dd} to {state.Until:yyyy-MM-dd}", summary.Accepted + summary.Rejected, page.Total));
            if (next.Token is null)
            {
                restarts = 0;
                seen.Clear();
            }
            state = next;
            if (done)
                return summary;
        }
    }

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    private async Task<State> BeginAsync(ArxivOaiSelection selection, CancellationToken cancellationToken)
    {
        var from = selection.From ?? selection.FirstFrom ?? await _client.GetAsync(new Uri(_client.Options.OaiUrl, "?verb=Identify"), OaiPage.ReadEarliest, cancellationToken);
        return new State { From = from, Until = from };
    }

    private Uri Request(ArxivOaiSelection selection, State state)
    {
        if (state.Token is { } token)
            return new Uri(_client.Options.OaiUrl, $"?verb=ListRecords&resumptionToken={Uri.EscapeDataString(token)}");
        var set = selection.Set is { } name ? $"&set={Uri.EscapeDataString(name)}" : "";
        return new Uri(_client.Options.OaiUrl, string.Create(CultureInfo.InvariantCulture, $"?verb=ListRecords&metadataPrefix=arXivRaw{set}&from={state.From:yyyy-MM-dd}&until={state.Until:yyyy-MM-dd}"));
    }

    private static (State Next, bool Done) Next(State state, string? token, ArxivOaiSelection selection, DateOnly goal)
    {
        if (token is not null)
            return (state with { Token = token, Page = state.Page + 1 }, false);
        // The day on which a list was asked for could still grow, as could, since clocks differ, the day before.
        var from = state.Until >= state.AskedOn ? state.AskedOn.AddDays(-1) : state.Until.AddDays(1);
        var done = state.Until >= goal;
        return (new State { From = from, Until = state.Until, IsComplete = done && selection.Until is not null }, done);
    }

    private Task<IntakeResult> StoreAsync(OaiPage page, string key, State next, CancellationToken cancellationToken) =>
        _intake.StoreAsync(
            page.Batch.Records,
            async (db, _, token) =>
            {
                await MarkWithdrawnAsync(db, page.Deleted, token);
                await _cursors.WriteAsync(db, key, next, token);
            },
            cancellationToken);

    /// <summary>A deleted record says nothing but its identifier: what is known of the paper stays, marked.</summary>
    private static async Task MarkWithdrawnAsync(PapersDb db, List<string> deleted, CancellationToken cancellationToken)
    {
        if (deleted.Count == 0)
            return;
        foreach (var paper in await db.Papers.Where(p => EF.Parameter(deleted).Contains(p.ArxivId!)).ToListAsync(cancellationToken))
            paper.IsWithdrawn = true;
    }

    private static DateOnly Earlier(DateOnly left, DateOnly right) => left < right ? left : right;

    private static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;

    /// <summary>Where the harvest stands: in the window <see cref="From"/> to <see cref="Until"/>, behind so many pages of it.</summary>
    private sealed record State
    {
        public required DateOnly From { get; init; }

        public required DateOnly Until { get; init; }

        /// <summary>The day on which the window's list was asked for.</summary>
        public DateOnly AskedOn { get; init; }

        public string? Token { get; init; }

        public int Page { get; init; }

        /// <summary>True when a selection with an end was harvested to it; the next run begins anew.</summary>
        public bool IsComplete { get; init; }

        public override string ToString() => Token is null
            ? $"changes from {From:yyyy-MM-dd}"
            : $"page {Page + 1} of the changes from {From:yyyy-MM-dd} to {Until:yyyy-MM-dd}";
    }
}
