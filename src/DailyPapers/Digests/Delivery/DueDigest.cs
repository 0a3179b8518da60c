using DailyPapers.Editions;

namespace DailyPapers.Digests.Delivery;

/// <summary>A digest whose time has come.</summary>
/// <param name="Period">The day or week.</param>
/// <param name="Since">When it became due.</param>
internal readonly record struct DueDigest(Period Period, DateTimeOffset Since);
