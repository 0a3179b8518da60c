using System.Globalization;
using System.Text.Json;
using DailyPapers.Community.Submissions;
using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Sources.HuggingFace;

/// <summary>Imports Hugging Face's daily list: its papers, votes and submitters, and its order as the day's edition.</summary>
public sealed class HuggingFaceImport
{
    private const int PageSize = 100;
    private const int MostPages = 50;

    private readonly HuggingFaceClient _client;
    private readonly PaperIntake _intake;
    private readonly EditionWriter _editions;
    private readonly SourceCursors _cursors;

    internal HuggingFaceImport(HuggingFaceClient client, PaperIntake intake, EditionWriter editions, SourceCursors cursors)
    {
        _client = client;
        _intake = intake;
        _editions = editions;
        _cursors = cursors;
    }

    /// <summary>Imports the list of a day.</summary>
    /// <exception cref="SourceException">No usable answer came.</exception>
    public Task<SourceSummary> RunAsync(DateOnly date, CancellationToken cancellationToken = default)
    {
        var day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return RunAsync($"date={day}", _ => date, cancellationToken);
    }

    /// <summary>Imports the lists of an ISO week; each paper goes into the edition of the day (UTC) it was submitted on.</summary>
    /// <exception cref="SourceException">No usable answer came.</exception>
    public Task<SourceSummary> RunWeekAsync(int isoYear, int isoWeek, CancellationToken cancellationToken = default) =>
        RunAsync(string.Create(CultureInfo.InvariantCulture, $"week={isoYear:0000}-W{isoWeek:00}"), DayOfSubmission, cancellationToken);

    /// <summary>Imports the lists of a month; each paper goes into the edition of the day (UTC) it was submitted on.</summary>
    /// <exception cref="SourceException">No usable answer came.</exception>
    public Task<SourceSummary> RunMonthAsync(int year, int month, CancellationToken cancellationToken = default) =>
        RunAsync(string.Create(CultureInfo.InvariantCulture, $"month={year:0000}-{month:00}"), DayOfSubmission, cancellationToken);

    /// <summary>
    /// A list of a day has a few dozen papers, and of a month under two thousand: all of it is one transaction, so that an
    /// edition is never half of the list.
    /// </summary>
    private async Task<SourceSummary> RunAsync(string period, Func<DailyListItem, DateOnly?> editionOf, CancellationToken cancellationToken)
    {
        var batch = new RecordBatch(HuggingFaceClient.Source);
        var items = new List<DailyListItem>();
        for (var page = 0; page < MostPages; page++)
        {
            var count = await _client.GetAsync($"api/daily_papers?{period}&p={page}&limit={PageSize}", list => Read(list, page, batch, items), cancellationToken);
            if (count < PageSize)
                break;
        }

        var result = await _intake.StoreAsync(
            batch.Records,
            async (db, papers, token) =>
            {
                await WriteSubmissionsAsync(db, papers, items, token);
                await WriteEditionsAsync(db, papers, items, editionOf, token);
                await _cursors.WriteAsync(db, SourceCursors.KeyOf(HuggingFaceClient.Source, period), new State(batch.Records.Count), token);
            },
            cancellationToken);
        return new SourceSummary().Plus(result, batch.Records.Count, batch.Rejects);
    }

    /// <summary>Reads a page into the batch and returns how many items it had.</summary>
    private static int Read(JsonElement list, int page, RecordBatch batch, List<DailyListItem> items)
    {
        if (list.ValueKind is not JsonValueKind.Array)
        {
            throw list.Text("error") is { } error
                ? new RefusedResponseException($"it refused the request: {FieldText.Line(error)}.", "Check the date asked for.")
                : new MalformedResponseException($"an array of papers was expected, but {list.ValueKind} came.");
        }
        var count = 0;
        foreach (var element in list.EnumerateArray())
        {
            DailyListItem? item = null;
            var position = $"{FieldText.Line((element.Member("paper") ?? element).Text("id")) ?? "no id"} (item {page * PageSize + ++count})";
            if (batch.Add(position, () => (item = DailyListItem.Read(element)).Record) is not null)
                items.Add(item!);
        }
        return count;
    }

    private static DateOnly? DayOfSubmission(DailyListItem item) =>
        item.SubmittedAt is { } submitted ? DateOnly.FromDateTime(submitted.UtcDateTime) : null;

    private static async Task WriteSubmissionsAsync(PapersDb db, IReadOnlyList<Paper> papers, List<DailyListItem> items, CancellationToken cancellationToken)
    {
        var ids = papers.Select(paper => paper.Id).ToList();
        var known = await db.Submissions
            .Where(submission => submission.Origin == HuggingFaceClient.Source && EF.Parameter(ids).Contains(submission.PaperId))
            .ToDictionaryAsync(submission => submission.PaperId, cancellationToken);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not { Submitter: { } submitter, SubmittedAt: { } submittedAt })
                continue;
            if (known.TryGetValue(papers[i].Id, out var submission))
            {
                (submission.SubmitterName, submission.SubmittedAt) = (submitter, submittedAt);
                continue;
            }
            known[papers[i].Id] = submission = new Submission { PaperId = papers[i].Id, SubmitterName = submitter, Origin = HuggingFaceClient.Source, SubmittedAt = submittedAt };
            db.Submissions.Add(submission);
        }
    }

    private async Task WriteEditionsAsync(PapersDb db, IReadOnlyList<Paper> papers, List<DailyListItem> items, Func<DailyListItem, DateOnly?> editionOf, CancellationToken cancellationToken)
    {
        var days = items.Select((item, i) => (Day: editionOf(item), papers[i].Id)).Where(entry => entry.Day is not null).GroupBy(entry => entry.Day!.Value);
        foreach (var day in days)
            await _editions.AppendAsync(db, day.Key, day.Select(entry => entry.Id), cancellationToken);
    }

    private sealed record State(int Imported);
}
