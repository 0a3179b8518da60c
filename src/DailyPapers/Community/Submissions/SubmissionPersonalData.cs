using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Submissions;

/// <summary>What a person submitted. Papers in editions stay there without the name; what waits goes.</summary>
internal sealed class SubmissionPersonalData : IPersonalData
{
    public string Name => "submissions";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        var submissions = await db.Submissions.AsNoTracking()
            .Where(s => s.AccountId == accountId)
            .Join(db.Papers, s => s.PaperId, p => p.Id, (s, p) => new { s.SubmittedAt, p.Key, p.Title, s.SubmitterName, State = s.State.ToString(), s.Note, s.Reason })
            .OrderBy(s => s.SubmittedAt)
            .ToListAsync(cancellationToken);
        var proposals = await db.Proposals.AsNoTracking()
            .Where(p => p.AccountId == accountId)
            .OrderBy(p => p.SubmittedAt)
            .Select(p => new { p.SubmittedAt, p.Title, p.Authors, p.Abstract, p.ArxivId, p.Doi, p.Url, State = p.State.ToString(), p.Note, p.Reason })
            .ToListAsync(cancellationToken);
        return new { submissions, proposals };
    }

    public async Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        await db.Proposals.Where(p => p.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        await db.Submissions.Where(s => s.AccountId == accountId).ExecuteUpdateAsync(
            set => set
                .SetProperty(s => s.AccountId, (long?)null)
                .SetProperty(s => s.SubmitterName, Submission.FormerMember)
                .SetProperty(s => s.Note, (string?)null),
            cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
    }
}
