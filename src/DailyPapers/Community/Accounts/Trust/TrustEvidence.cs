namespace DailyPapers.Community.Accounts.Trust;

/// <summary>What one capability has to say about an account's activity.</summary>
/// <param name="Accepted">Things the account did that stood.</param>
/// <param name="Rejected">Things that moderation or curation took back.</param>
public readonly record struct TrustEvidence(int Accepted, int Rejected)
{
    /// <summary>The evidence of two capabilities together.</summary>
    public static TrustEvidence operator +(TrustEvidence left, TrustEvidence right) => left.Plus(right);

    /// <summary>The evidence of two capabilities together.</summary>
    public TrustEvidence Plus(TrustEvidence other) => new(Accepted + other.Accepted, Rejected + other.Rejected);
}
