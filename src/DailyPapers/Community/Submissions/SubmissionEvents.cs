using DailyPapers.Community.Scoring;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Submissions;

/// <summary>That somebody here took the trouble to submit a paper speaks for it.</summary>
internal sealed class SubmissionEvents : IScoreEvents
{
    public async Task<IReadOnlyList<ScoreEvent>> OfAsync(PapersDb db, IReadOnlyCollection<long> paperIds, CancellationToken cancellationToken)
    {
        var ids = paperIds.ToArray();
        return await db.Submissions.AsNoTracking()
            .Where(s => EF.Parameter(ids).Contains(s.PaperId) && s.Origin == Submission.Here && s.State != SubmissionState.Declined)
            .Select(s => new ScoreEvent(s.PaperId, ScoreEventKind.Submission, s.SubmittedAt, 1))
            .ToListAsync(cancellationToken);
    }
}
