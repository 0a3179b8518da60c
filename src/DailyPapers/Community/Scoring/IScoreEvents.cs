using DailyPapers.Storage;

namespace DailyPapers.Community.Scoring;

/// <summary>
/// What one capability knows that speaks for papers. Each that has such events registers one, and calls
/// <see cref="PaperScoring.RefreshAsync"/> in the transaction that adds or removes an event.
/// </summary>
public interface IScoreEvents
{
    /// <summary>The events of these papers as the transaction of <paramref name="db"/> sees them.</summary>
    Task<IReadOnlyList<ScoreEvent>> OfAsync(PapersDb db, IReadOnlyCollection<long> paperIds, CancellationToken cancellationToken);
}
