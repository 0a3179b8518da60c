using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Reproductions.Requests;

/// <summary>The runs a person asked for. When the account goes, the runs stay and nobody's name is on them.</summary>
internal sealed class LabRequestPersonalData : IPersonalData
{
    public string Name => "labRuns";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        (await db.LabRunRequests.AsNoTracking().Where(r => r.RequestedById == accountId).OrderBy(r => r.Id).ToListAsync(cancellationToken))
        .ConvertAll(r => new { r.LabSlug, Mode = r.Mode.ToString(), r.Parameters, r.RequestedAt, State = r.State.ToString(), r.EndedAt, r.Error });

    // The foreign key takes the name off when the account goes.
    public Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken) => Task.CompletedTask;
}
