namespace DailyPapers.Digests.Delivery;

/// <summary>How far a run is.</summary>
/// <param name="Handled">Mails attempted in this run.</param>
/// <param name="Total">Mails that were due when the run began.</param>
public readonly record struct DigestProgress(int Handled, int Total);
