using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DailyPapers.Tests.Sources;

/// <summary>Ends a run at a chosen access to the database, as a crash would: the open transaction is lost.</summary>
internal sealed class KillSwitch(int killAt) : DbCommandInterceptor
{
    private int _accesses;

    public bool HasKilled { get; private set; }

    public bool IsArmed { get; set; }

    public DbTransactionInterceptor Transactions => new CommitWatch(this);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Access();
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Access();
        return new(result);
    }

    private void Access()
    {
        if (!IsArmed || ++_accesses != killAt)
            return;
        HasKilled = true;
        throw new KilledException();
    }

    private sealed class CommitWatch(KillSwitch kill) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            kill.Access();
            return new(result);
        }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            kill.Access();
            return Task.CompletedTask;
        }
    }
}
