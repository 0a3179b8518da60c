namespace DailyPapers.Community.Accounts.SecondFactor;

/// <summary>A secret offered to somebody's authenticator app.</summary>
/// <param name="Secret">In Base32, for typing and for the QR code.</param>
/// <param name="Sealed">The same encrypted and bound to the account, for the form to bring back.</param>
public sealed record AuthenticatorOffer(string Secret, string Sealed);
