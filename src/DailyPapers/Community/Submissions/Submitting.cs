using DailyPapers.Community.Auditing;
using DailyPapers.Community.Scoring;
using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Sources;
using DailyPapers.Sources.Arxiv;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Submissions;

/// <summary>Takes submissions: recognises the paper, fetches what is not known of it, and queues it for the curators.</summary>
public sealed class Submitting(
    IDbContextFactory<PapersDb> contexts, PaperReader papers, PaperIntake intake, ArxivLookup arxiv, EditionWriter editions, SiteCalendar calendar,
    PaperScoring scoring, IOptions<SubmissionOptions> options, TimeProvider time, ILogger<Submitting> log)
{
    private const string Created = "submission.create";

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Submits the paper that <paramref name="text"/> names.</summary>
    /// <param name="who">Who submits.</param>
    /// <param name="text">An arXiv identifier or URL, a paper's URL at Hugging Face, or a DOI.</param>
    /// <param name="note">For the curators.</param>
    /// <param name="toToday">Whether a curator puts it straight into today's edition.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<SubmissionResult> SubmitAsync(Submitter who, string? text, string? note, bool toToday, CancellationToken cancellationToken)
    {
        if (!PaperReference.TryParse(text, out var reference))
            return new(SubmissionOutcome.NotUnderstood, T["This names no paper that we recognise. Paste an arXiv identifier such as 2508.06601, the address of the paper at arXiv or Hugging Face, or a DOI; or type the paper in below."]);
        if (await LimitAsync(who, cancellationToken) is { } limit)
            return limit;
        if (await KnownAsync(reference, cancellationToken) is { } known)
            return await SubmitKnownAsync(who, known, note, toToday, cancellationToken);
        if (reference.Arxiv is not { } id)
            return new(SubmissionOutcome.NeedsTyping, T["{0} is new here, and its details are not fetched. Type them in below.", reference]);
        if (!options.Value.Fetch)
            return new(SubmissionOutcome.NeedsTyping, T["{0} is new here, and this site fetches nothing from arXiv. Type its details in below.", reference]);

        try
        {
            if (await FetchAsync(id, cancellationToken) is not { } record)
                return new(SubmissionOutcome.Unknown, T["arXiv has no paper {0}. Check the identifier.", id.Id]);
            var stored = await intake.StoreAsync([record], cancellationToken: cancellationToken);
            return await SubmitKnownAsync(who, stored.Papers[0], note, toToday, cancellationToken);
        }
        catch (SourceException exception)
        {
            log.LogInformation("A submitted paper could not be fetched: {Reason}", exception.Message);
            return new(SubmissionOutcome.NeedsTyping, T["arXiv does not answer now, so the details of {0} are missing. Type them in below, or try again later.", reference]);
        }
    }

    /// <summary>Submits a paper that was typed in. Readers propose it to the curators; a curator's becomes a paper at once.</summary>
    public async Task<SubmissionResult> EnterAsync(Submitter who, HandEntry entry, string? note, bool toToday, CancellationToken cancellationToken)
    {
        var (record, problem) = entry.Read();
        if (record is null)
            return new(SubmissionOutcome.Invalid, problem!);
        if (await LimitAsync(who, cancellationToken) is { } limit)
            return limit;
        // What is known is not changed by what somebody types.
        if (await KnownAsync(record, cancellationToken) is { } known)
            return await SubmitKnownAsync(who, known, note, toToday, cancellationToken);
        if (!who.IsCurator)
            return await ProposeAsync(who, record, note, cancellationToken);
        var stored = await intake.StoreAsync([record], cancellationToken: cancellationToken);
        return await SubmitKnownAsync(who, stored.Papers[0], note, toToday, cancellationToken);
    }

    /// <summary>What a person has submitted, the newest first.</summary>
    public async Task<IReadOnlyList<OwnSubmission>> ListAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var submissions = await db.Submissions.AsNoTracking()
            .Where(s => s.AccountId == accountId)
            .Join(db.Papers, s => s.PaperId, p => p.Id, (s, p) => new { Submission = s, Paper = p })
            .ToListAsync(cancellationToken);
        var proposals = await db.Proposals.AsNoTracking().Where(p => p.AccountId == accountId && p.State != SubmissionState.Accepted).ToListAsync(cancellationToken);
        var ids = submissions.Select(s => s.Paper.Id).ToArray();
        var dates = await db.EditionDatesAsync(ids, cancellationToken);
        return
        [
            .. submissions
                .Select(s => new OwnSubmission(s.Submission.Id, false, s.Paper.Title, s.Paper, s.Submission.SubmittedAt, s.Submission.State, dates.TryGetValue(s.Paper.Id, out var date) ? date : null, s.Submission.Reason))
                .Concat(proposals.Select(p => new OwnSubmission(p.Id, true, p.Title, null, p.SubmittedAt, p.State, null, p.Reason)))
                .OrderByDescending(s => s.SubmittedAt),
        ];
    }

    /// <summary>Takes back what the person submitted while it waits; false when nothing of theirs waits under that identity.</summary>
    public async Task<bool> WithdrawAsync(long accountId, long id, bool isProposal, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        var now = time.GetUtcNow();
        if (isProposal)
        {
            if (await db.Proposals.Where(p => p.Id == id && p.AccountId == accountId && p.State == SubmissionState.Queued).ExecuteDeleteAsync(cancellationToken) == 0)
                return false;
            db.Record(accountId, "submission.withdraw", $"proposal:{id}", now);
            await db.SaveChangesAsync(cancellationToken);
        }
        else
        {
            var submission = await db.Submissions.SingleOrDefaultAsync(s => s.Id == id && s.AccountId == accountId && s.State == SubmissionState.Queued, cancellationToken);
            if (submission is null)
                return false;
            db.Submissions.Remove(submission);
            db.Record(accountId, "submission.withdraw", $"paper:{submission.PaperId}", now);
            await db.SaveChangesAsync(cancellationToken);
            await scoring.RefreshAsync(db, [submission.PaperId], cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<SubmissionResult?> LimitAsync(Submitter who, CancellationToken cancellationToken)
    {
        if (who.IsCurator)
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await IsOverLimitAsync(db, who, cancellationToken) ? LimitReached() : null;
    }

    // What was taken back counts too.
    private Task<bool> IsOverLimitAsync(PapersDb db, Submitter who, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - Day;
        return db.AuditEntries.Where(e => e.ActorId == who.AccountId && e.Action == Created && e.At > since)
            .OrderBy(e => e.Id).Skip(options.Value.PerDay - 1).AnyAsync(cancellationToken);
    }

    private SubmissionResult LimitReached() =>
        new(SubmissionOutcome.LimitReached, T.Count(options.Value.PerDay, "You have submitted 1 paper in 24 hours, which is the limit. Come back tomorrow.", "You have submitted {0} papers in 24 hours, which is the limit. Come back tomorrow."));

    private async Task<PaperRecord?> FetchAsync(ArxivId id, CancellationToken cancellationToken)
    {
        // Wall-clock: a person waits in real time.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.FetchTimeout);
        try
        {
            return await arxiv.FindAsync(id, patience.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceException("arXiv", $"it did not answer within {options.Value.FetchTimeout.TotalSeconds:0.#} s.", "Try again later.", exception);
        }
    }

    private async Task<Paper?> KnownAsync(PaperReference reference, CancellationToken cancellationToken)
    {
        if (reference.Arxiv is { } id)
            return await papers.FindAsync(id.Id, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Papers.AsNoTracking().FirstOrDefaultAsync(p => p.Doi == reference.Doi, cancellationToken);
    }

    private async Task<Paper?> KnownAsync(PaperRecord record, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await KnownPapers.LoadAsync(db, [record], cancellationToken)).Find(record);
    }

    private async Task<SubmissionResult> SubmitKnownAsync(Submitter who, Paper paper, string? note, bool toToday, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        if ((await db.EditionDatesAsync([paper.Id], cancellationToken)).TryGetValue(paper.Id, out var date))
            return new(SubmissionOutcome.AlreadyInEdition, T["This paper was in the edition of {0:d MMMM yyyy}.", date], paper);
        if (await db.Submissions.AnyAsync(s => s.PaperId == paper.Id && s.Origin == Submission.Here, cancellationToken))
            return new(SubmissionOutcome.AlreadySubmitted, T["This paper has been submitted already."], paper);
        if (!who.IsCurator && await IsOverLimitAsync(db, who, cancellationToken))
            return LimitReached();

        var now = time.GetUtcNow();
        var direct = who.IsCurator && toToday;
        db.Submissions.Add(new Submission
        {
            PaperId = paper.Id,
            AccountId = who.AccountId,
            SubmitterName = who.Name,
            Origin = Submission.Here,
            SubmittedAt = now,
            State = direct ? SubmissionState.Accepted : SubmissionState.Queued,
            Note = FieldText.ShortLine(note, Submission.LongestNote),
        });
        db.Record(who.AccountId, Created, $"paper:{paper.Id}", now, paper.Title);
        await db.SaveChangesAsync(cancellationToken);
        if (direct)
        {
            var today = calendar.Today;
            await editions.AppendAsync(db, today, [paper.Id], cancellationToken);
            db.Record(who.AccountId, "edition.append", $"edition:{today:yyyy-MM-dd}", now, paper.Title);
            await db.SaveChangesAsync(cancellationToken);
        }
        else
        {
            await scoring.RefreshAsync(db, [paper.Id], cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return direct
            ? new(SubmissionOutcome.InEdition, T["The paper is in today's edition."], paper)
            : new(SubmissionOutcome.Queued, T["The paper waits for a curator."], paper);
    }

    private async Task<SubmissionResult> ProposeAsync(Submitter who, PaperRecord record, string? note, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        if (await IsOverLimitAsync(db, who, cancellationToken))
            return LimitReached();
        if (await db.Proposals.AnyAsync(p => p.AccountId == who.AccountId && p.Title == record.Title && p.State == SubmissionState.Queued, cancellationToken))
            return new(SubmissionOutcome.AlreadySubmitted, T["You have proposed this paper already."]);
        var now = time.GetUtcNow();
        db.Proposals.Add(new Proposal
        {
            AccountId = who.AccountId,
            SubmitterName = who.Name,
            Title = record.Title,
            Authors = string.Join('\n', record.Authors.Select(a => a.Name)),
            Abstract = record.Abstract,
            ArxivId = record.Arxiv?.Id,
            Doi = record.Doi,
            Url = record.ProjectUrl,
            Note = FieldText.ShortLine(note, Submission.LongestNote),
            SubmittedAt = now,
            State = SubmissionState.Queued,
        });
        db.Record(who.AccountId, Created, "proposal", now, record.Title);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(SubmissionOutcome.Proposed, T["What you typed waits for a curator."]);
    }
}
