namespace DailyPapers.Community.Moderation.Bans;

/// <summary>What became of a ban.</summary>
/// <param name="Exists">Whether there is such an account.</param>
/// <param name="Problem">What is wrong and how to mend it; null when it is done.</param>
public sealed record BanOutcome(bool Exists, string? Problem);
