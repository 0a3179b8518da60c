using DailyPapers.Community.Accounts.Trust;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Submissions;

/// <summary>Submissions that came into an edition, and those that a curator left out. What waits says nothing.</summary>
internal sealed class SubmissionEvidence : ITrustEvidence
{
    public async Task<TrustEvidence> ReadAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        var own = db.Submissions.Where(s => s.AccountId == accountId && s.Origin == Submission.Here);
        return new(
            await own.CountAsync(s => s.State == SubmissionState.Accepted, cancellationToken),
            await own.CountAsync(s => s.State == SubmissionState.Declined, cancellationToken)
            + await db.Proposals.CountAsync(p => p.AccountId == accountId && p.State == SubmissionState.Declined, cancellationToken));
    }
}
