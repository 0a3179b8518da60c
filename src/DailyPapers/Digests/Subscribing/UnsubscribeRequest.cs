namespace DailyPapers.Digests.Subscribing;

/// <summary>What an unsubscribe link stands for.</summary>
/// <param name="Email">The address.</param>
/// <param name="Frequency">The digest it gets or got.</param>
/// <param name="IsSubscribed">False once the subscription has ended.</param>
public sealed record UnsubscribeRequest(string Email, DigestFrequency Frequency, bool IsSubscribed);
