namespace DailyPapers.Digests.Subscribing;

/// <summary>What a confirmation link stands for.</summary>
/// <param name="Email">The address.</param>
/// <param name="Frequency">The digest asked for.</param>
/// <param name="IsConfirmed">True when the address already gets this digest.</param>
public sealed record ConfirmationRequest(string Email, DigestFrequency Frequency, bool IsConfirmed);
