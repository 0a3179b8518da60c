using DailyPapers.Storage;

namespace DailyPapers.Community.Accounts;

/// <summary>
/// What one capability keeps about a person. Each that keeps something registers one, and a person's export and the
/// deletion of an account go through all of them, so that neither forgets a table.
/// </summary>
public interface IPersonalData
{
    /// <summary>The name of its part in the export, such as <c>upvotes</c>.</summary>
    string Name { get; }

    /// <summary>What is kept about the account, in a form that serialises to readable JSON.</summary>
    Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken);

    /// <summary>Deletes it, or takes the person out of it, inside the transaction of <paramref name="db"/>, and keeps counts true.</summary>
    Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken);
}
