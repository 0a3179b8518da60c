using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Scoring;

/// <summary>Scores what is in an edition or has votes and has no score yet: after an update from a version without scores.</summary>
public sealed class ScoreCatchUp(IDbContextFactory<PapersDb> contexts, PaperScoring scoring)
{
    /// <summary>Scores what has no score.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var unscored = await db.EditionEntries.Select(e => e.PaperId)
            .Union(db.Upvotes.Select(u => u.PaperId))
            .Where(id => !db.PaperScores.Any(s => s.PaperId == id))
            .ToListAsync(cancellationToken);
        if (unscored.Count == 0)
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await scoring.RefreshAsync(db, unscored, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
