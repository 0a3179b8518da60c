using DailyPapers.Storage;

namespace DailyPapers.Community.Accounts.Trust;

/// <summary>A capability in which people do things that others accept or reject; each registers one.</summary>
public interface ITrustEvidence
{
    /// <summary>What it has to say about the account.</summary>
    Task<TrustEvidence> ReadAsync(PapersDb db, long accountId, CancellationToken cancellationToken);
}
