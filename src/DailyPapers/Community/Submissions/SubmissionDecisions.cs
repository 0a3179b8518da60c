using DailyPapers.Community.Auditing;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.Scoring;
using DailyPapers.Papers;
using DailyPapers.Sources;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Submissions;

/// <summary>What curators decide about submissions, and tells whose they are. Those that enter an edition are accepted by that.</summary>
public sealed class SubmissionDecisions(IDbContextFactory<PapersDb> contexts, PaperIntake intake, PaperScoring scoring, TimeProvider time)
{
    private const int LongestTitle = 200;

    /// <summary>What waits and was typed in, the oldest first.</summary>
    public async Task<IReadOnlyList<Proposal>> ProposalsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Proposals.AsNoTracking().Where(p => p.State == SubmissionState.Queued).OrderBy(p => p.Id).Take(100).ToListAsync(cancellationToken);
    }

    /// <summary>Leaves out the submitted paper; false when no submission of it waits.</summary>
    /// <param name="actorId">Who decides.</param>
    /// <param name="paperId">The paper.</param>
    /// <param name="reason">For the submitter.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<bool> DeclineAsync(long actorId, long paperId, string? reason, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        var submission = await db.Submissions.SingleOrDefaultAsync(
            s => s.PaperId == paperId && s.Origin == Submission.Here && s.State == SubmissionState.Queued, cancellationToken);
        if (submission is null)
            return false;
        (submission.State, submission.Reason) = (SubmissionState.Declined, FieldText.ShortLine(reason, Submission.LongestNote));
        db.Record(actorId, "submission.decline", $"paper:{paperId}", time.GetUtcNow(), submission.Reason);
        await TellAsync(db, actorId, submission.AccountId, Decision.SubmissionLeftOut, paperId, [], submission.Reason, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await scoring.RefreshAsync(db, [paperId], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Makes a paper of what was typed in, submitted by whoever typed it; false when no such proposal waits.</summary>
    public async Task<bool> AcceptProposalAsync(long actorId, long id, CancellationToken cancellationToken)
    {
        Proposal? proposal;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
            proposal = await db.Proposals.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.State == SubmissionState.Queued, cancellationToken);
        if (proposal is null)
            return false;
        var entry = new HandEntry(proposal.Title, proposal.Authors, proposal.Abstract, proposal.ArxivId ?? proposal.Doi, proposal.Url);
        if (entry.Read().Record is not { } record)
            return false;
        var accepted = false;
        await intake.StoreAsync([record], async (db, papers, token) => accepted = await AcceptAsync(db, actorId, id, papers[0], token), cancellationToken);
        return accepted;
    }

    /// <summary>Leaves out what was typed in; false when no such proposal waits.</summary>
    public async Task<bool> DeclineProposalAsync(long actorId, long id, string? reason, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var proposal = await db.Proposals.SingleOrDefaultAsync(p => p.Id == id && p.State == SubmissionState.Queued, cancellationToken);
        if (proposal is null)
            return false;
        (proposal.State, proposal.Reason) = (SubmissionState.Declined, FieldText.ShortLine(reason, Submission.LongestNote));
        db.Record(actorId, "submission.decline", $"proposal:{id}", time.GetUtcNow(), proposal.Reason);
        await TellAsync(db, actorId, proposal.AccountId, Decision.ProposalLeftOut, null, [Title(proposal)], proposal.Reason, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<bool> AcceptAsync(PapersDb db, long actorId, long id, Paper paper, CancellationToken cancellationToken)
    {
        var proposal = await db.Proposals.SingleOrDefaultAsync(p => p.Id == id && p.State == SubmissionState.Queued, cancellationToken);
        if (proposal is null)
            return false;
        (proposal.State, proposal.PaperId) = (SubmissionState.Accepted, paper.Id);
        if (!await db.Submissions.AnyAsync(s => s.PaperId == paper.Id && s.Origin == Submission.Here, cancellationToken))
        {
            db.Submissions.Add(new Submission
            {
                PaperId = paper.Id,
                AccountId = proposal.AccountId,
                SubmitterName = proposal.SubmitterName,
                Origin = Submission.Here,
                SubmittedAt = proposal.SubmittedAt,
                State = SubmissionState.Queued,
                Note = proposal.Note,
            });
        }
        db.Record(actorId, "submission.accept", $"proposal:{id}", time.GetUtcNow(), paper.Title);
        await TellAsync(db, actorId, proposal.AccountId, Decision.ProposalTaken, paper.Id, [Title(proposal)], null, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await scoring.RefreshAsync(db, [paper.Id], cancellationToken);
        return true;
    }

    // Which curator decided stands in the log; the notification is the site's.
    private Task TellAsync(
        PapersDb db, long actorId, long? submitter, Decision decision, long? paperId, IReadOnlyList<string> names, string? reason, CancellationToken cancellationToken) =>
        submitter is { } recipient && recipient != actorId
            ? db.NotifyAsync(new(recipient, NotificationKind.Moderation, time.GetUtcNow()) { PaperId = paperId, Decision = decision, Names = names, Text = reason }, cancellationToken)
            : Task.CompletedTask;

    private static string Title(Proposal proposal) => proposal.Title.Length <= LongestTitle ? proposal.Title : proposal.Title[..(LongestTitle - 1)] + "…";
}
