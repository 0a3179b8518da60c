using DailyPapers.Community.Auditing;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts;

/// <summary>Changes the names shown to others.</summary>
public sealed class AccountNames(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>Gives the account the name; what is wrong with it, or null when it has it.</summary>
    public async Task<string?> ChangeAsync(long accountId, string? name, CancellationToken cancellationToken)
    {
        if (Registering.NameProblem(name) is { } problem)
            return problem;
        var wanted = name!.Trim();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // The name stands on pages that are cached by this number.
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        await db.Users.Where(a => a.Id == accountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.DisplayName, wanted), cancellationToken);
        db.Record(accountId, "account.name", $"account:{accountId}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }
}
