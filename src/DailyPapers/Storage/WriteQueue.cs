using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DailyPapers.Storage;

/// <summary>
/// Lets this process's transactions begin one after the other. SQLite has one writer, and who waits for it inside SQLite
/// holds a thread and sleeps between tries: a hundred who wait so leave no thread to those who only read. Here they wait
/// without one, and only the one whose turn it is may still have to wait for another process.
/// </summary>
#pragma warning disable CA1001 // Without a wait handle the semaphore holds nothing to dispose, and transactions may outlive the services at the end.
internal sealed class WriteQueue : DbConnectionInterceptor, IDbTransactionInterceptor
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<DbConnection, DbTransaction> _holders = new(ReferenceEqualityComparer.Instance);

    public InterceptionResult<DbTransaction> TransactionStarting(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        _turn.Wait();
        return Begin(connection, () => connection.BeginTransaction(eventData.IsolationLevel));
    }

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        // SQLite begins at once; it has no other way.
        return Begin(connection, () => connection.BeginTransaction(eventData.IsolationLevel));
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Leave(transaction);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(transaction);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Leave(transaction);

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(transaction);
        return Task.CompletedTask;
    }

    // A transaction that is left without a word is told of only by its connection, which it closes.
    public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Leave(connection);

    public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        Leave(connection);
        return Task.CompletedTask;
    }

    private InterceptionResult<DbTransaction> Begin(DbConnection connection, Func<DbTransaction> begin)
    {
        try
        {
            var transaction = begin();
            _holders[connection] = transaction;
            return InterceptionResult<DbTransaction>.SuppressWithResult(transaction);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    private void Leave(DbTransaction transaction)
    {
        foreach (var (connection, held) in _holders)
        {
            if (ReferenceEquals(held, transaction))
                Leave(connection);
        }
    }

    private void Leave(DbConnection connection)
    {
        if (_holders.TryRemove(connection, out _))
            _turn.Release();
    }
}
