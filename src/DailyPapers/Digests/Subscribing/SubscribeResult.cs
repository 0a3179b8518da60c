namespace DailyPapers.Digests.Subscribing;

/// <summary>The answer to a request to subscribe.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Problem">For the person, when it was not accepted: what was expected or what to do.</param>
public sealed record SubscribeResult(SubscribeStatus Status, string? Problem = null);
