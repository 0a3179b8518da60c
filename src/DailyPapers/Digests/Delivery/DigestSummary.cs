namespace DailyPapers.Digests.Delivery;

/// <summary>Where the digest of a period stands after a run.</summary>
/// <param name="Period">The day or week.</param>
/// <param name="Papers">How many papers it has; an empty edition is sent to nobody.</param>
/// <param name="Recipients">Who gets it, all told; for a dry run who would.</param>
/// <param name="SentNow">Sent by this run.</param>
/// <param name="Sent">Sent in all.</param>
/// <param name="Waiting">Still to be sent, now or after a temporary failure.</param>
/// <param name="InProgress">Being sent by another process, or left over by one that died less than a lease ago.</param>
/// <param name="Failed">Refused for good, dropped, or unsubscribed in time.</param>
/// <param name="Uncertain">Handed over without hearing the answer; for an administrator to resolve.</param>
/// <param name="StoppedBecause">Why the run ended before its end, such as an unreachable mail server.</param>
public sealed record DigestSummary(
    string Period, int Papers, int Recipients, int SentNow, int Sent, int Waiting, int InProgress, int Failed, int Uncertain, string? StoppedBecause = null);
