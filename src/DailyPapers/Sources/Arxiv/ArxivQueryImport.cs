using System.Globalization;
using DailyPapers.Papers;
using DailyPapers.Storage;

namespace DailyPapers.Sources.Arxiv;

/// <summary>
/// Imports the answers to a query of arXiv's Atom API, page by page, oldest first, so that papers submitted meanwhile
/// come last and shift nothing. A run killed anywhere goes on at the page it had not stored.
/// </summary>
public sealed class ArxivQueryImport
{
    private const int MostIdsAtOnce = 100;
    private const int MostEmptyPages = 5;

    private readonly ArxivClient _client;
    private readonly PaperIntake _intake;
    private readonly SourceCursors _cursors;
    private readonly TimeProvider _time;

    internal ArxivQueryImport(ArxivClient client, PaperIntake intake, SourceCursors cursors, TimeProvider time)
    {
        _client = client;
        _intake = intake;
        _cursors = cursors;
        _time = time;
    }

    /// <summary>Imports what <paramref name="query"/> asks for.</summary>
    /// <exception cref="SourceException">arXiv gave no usable answer, or refused the query.</exception>
    public async Task<SourceSummary> RunAsync(ArxivQuery query, IProgress<SourceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        query.Check();
        var stored = await _cursors.ReadAsync<State>(query.CursorKey, cancellationToken);
        var summary = new SourceSummary { ResumedFrom = stored is null ? null : $"entry {stored.Done + 1:N0}" };
        return query.Ids.Count > 0
            ? await ImportIdsAsync(query, stored ?? new State(), summary, progress, cancellationToken)
            : await ImportListingAsync(query, stored ?? new State(), summary, progress, cancellationToken);
    }

    private async Task<SourceSummary> ImportIdsAsync(ArxivQuery query, State state, SourceSummary summary, IProgress<SourceProgress>? progress, CancellationToken cancellationToken)
    {
        var ids = query.Ids.Distinct().ToList();
        while (state.Done < ids.Count)
        {
            var wanted = ids.Skip(state.Done).Take(MostIdsAtOnce).ToList();
            var list = string.Join(',', wanted.Select(id => Uri.EscapeDataString(id.ToString())));
            var page = await _client.GetAsync(
                new Uri(_client.Options.AtomUrl, $"?id_list={list}&start=0&max_results={wanted.Count}"), AtomPage.Read, cancellationToken);
            var found = page.Batch.Records.Select(record => record.Arxiv!.Value.Id).ToHashSet();
            foreach (var missing in wanted.Where(id => !found.Contains(id.Id) && !page.Batch.Rejects.Exists(reject => reject.Position.Contains(id.Id, StringComparison.OrdinalIgnoreCase))))
                page.Batch.Reject(missing.ToString(), new FieldProblem("id", "names no paper that arXiv has"));
            state = state with { Done = state.Done + wanted.Count };
            summary = await StoreAsync(query, page.Batch, state, state.Done == ids.Count, summary, cancellationToken);
            progress?.Report(new SourceProgress("arXiv papers by identifier", state.Done, ids.Count));
        }
        return summary;
    }

    private async Task<SourceSummary> ImportListingAsync(ArxivQuery query, State state, SourceSummary summary, IProgress<SourceProgress>? progress, CancellationToken cancellationToken)
    {
        // Fixed at the start, or a listing of today would never end.
        state = state with { Until = state.Until ?? EndOf(query) };
        var emptyPages = 0;
        while (true)
        {
            var size = Math.Min(query.PageSize, _client.Options.LongestListing - state.Start);
            var page = await _client.GetAsync(Listing(query, state, size), AtomPage.Read, cancellationToken);
            // A page beyond the first may claim that the listing is empty; what an earlier page counted stands.
            var total = Math.Max(page.Total ?? 0, state.Total);
            if (page.Entries == 0 && state.Start < total)
            {
                // Known fault: empty pages in mid-listing, which are full when asked for again.
                if (++emptyPages > MostEmptyPages)
                    throw new SourceException(ArxivClient.Name, $"the page from entry {state.Start + 1:N0} of {total:N0} came empty {emptyPages} times.", "Run again later; it goes on at that entry.");
                await Task.Delay(TimeSpan.FromSeconds(5 * emptyPages), _time, cancellationToken);
                continue;
            }

            emptyPages = 0;
            var start = state.Start + page.Entries;
            var done = start >= total;
            var next = state with { Start = start, Total = total, Done = state.Done + page.Entries, Last = Later(page.LastSubmitted, state.Last) };
            if (!done && start >= _client.Options.LongestListing)
                next = Continued(next, state);
            summary = await StoreAsync(query, page.Batch, next, done, summary, cancellationToken);
            progress?.Report(new SourceProgress($"arXiv papers in {string.Join(", ", query.Categories)}", next.Done, state.Done - state.Start + total));
            if (done)
                return summary;
            state = next;
        }
    }

    /// <summary>A listing longer than arXiv serves goes on as a new one from the minute of the last entry.</summary>
    private static State Continued(State next, State before)
    {
        if (next.Last is not { } last || Minute(last) == before.From)
            throw new SourceException(ArxivClient.Name, "the listing is longer than arXiv serves and its entries have no later dates to continue from.", "Ask for shorter spans of days.");
        return next with { From = Minute(last), Start = 0, Total = 0 };
    }

    private Uri Listing(ArxivQuery query, State state, int size)
    {
        var categories = string.Join(" OR ", query.Categories.Select(category => $"cat:{category}"));
        var from = state.From ?? (query.From is { } day ? $"{day:yyyyMMdd}0000" : "199101010000");
        var search = Uri.EscapeDataString($"({categories}) AND submittedDate:[{from} TO {state.Until}]");
        return new Uri(_client.Options.AtomUrl, string.Create(
            CultureInfo.InvariantCulture,
            $"?search_query={search}&start={state.Start}&max_results={size}&sortBy=submittedDate&sortOrder=ascending"));
    }

    private async Task<SourceSummary> StoreAsync(ArxivQuery query, RecordBatch batch, State next, bool done, SourceSummary summary, CancellationToken cancellationToken)
    {
        var result = await _intake.StoreAsync(
            batch.Records,
            (PapersDb db, IReadOnlyList<Paper> _, CancellationToken token) => done
                ? SourceCursors.RemoveAsync(db, query.CursorKey, token)
                : _cursors.WriteAsync(db, query.CursorKey, next, token),
            cancellationToken);
        return summary.Plus(result, batch.Records.Count, batch.Rejects);
    }

    private string EndOf(ArxivQuery query) => query.Until is { } day ? $"{day:yyyyMMdd}2359" : Minute(_time.GetUtcNow());

    private static string Minute(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset? right) => left > right || right is null ? left : right;

    private sealed record State
    {
        /// <summary>Entries behind the current listing's beginning.</summary>
        public int Start { get; init; }

        /// <summary>Entries the current listing has.</summary>
        public int Total { get; init; }

        /// <summary>Entries behind, over all listings.</summary>
        public int Done { get; init; }

        /// <summary>The minute from which the current listing counts; null for the query's own beginning.</summary>
        public string? From { get; init; }

        /// <summary>The minute at which all listings end.</summary>
        public string? Until { get; init; }

        /// <summary>When the newest entry so far was submitted.</summary>
        public DateTimeOffset? Last { get; init; }
    }
}
