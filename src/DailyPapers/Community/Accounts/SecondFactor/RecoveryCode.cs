namespace DailyPapers.Community.Accounts.SecondFactor;

/// <summary>A code to sign in with once when the authenticator app is lost.</summary>
public sealed class RecoveryCode
{
    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>Whose it is.</summary>
    public required long AccountId { get; set; }

    /// <summary>The SHA-256 of the code: with 80 random bits it needs no slower hash.</summary>
    public required byte[] Hash { get; set; }
}
