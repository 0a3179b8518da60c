using System.Data.Common;
using DailyPapers.Digests.Transport;
using Microsoft.EntityFrameworkCore.Diagnostics;
using MimeKit;

namespace DailyPapers.Tests.Digests;

/// <summary>
/// A process that dies at its n-th step, a step being either side of a database command, of a commit and of a hand-over.
/// From then on everything fails, so that no clean-up code can repair what a dead process could not.
/// </summary>
internal sealed class CrashPoint(int step) : IDbCommandInterceptor, IDbTransactionInterceptor
{
    private int _steps;

    public bool HasCrashed { get; private set; }

    /// <summary>Steps count, and crashes happen, only while this is set.</summary>
    public bool IsArmed { get; set; }

    public void Step()
    {
        if (!IsArmed)
            return;
        if (HasCrashed || ++_steps == step)
        {
            HasCrashed = true;
            throw new SimulatedCrashException();
        }
    }

    public IMailTransport Around(IMailTransport transport) => new Transport(transport, this);

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => Stepped(result);

    public ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default) => Stepped(result);

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => Stepped(result);

    public ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) => Stepped(result);

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => Stepped(result);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Step();
        return Task.CompletedTask;
    }

    private ValueTask<T> Stepped<T>(T result)
    {
        Step();
        return ValueTask.FromResult(result);
    }

    private sealed class Transport(IMailTransport inner, CrashPoint crash) : IMailTransport
    {
        public bool IsRepeatable => inner.IsRepeatable;

        public IMailSession Open() => new Session(inner.Open(), crash);
    }

    private sealed class Session(IMailSession inner, CrashPoint crash) : IMailSession
    {
        public async Task<MailResult> SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            crash.Step();
            var result = await inner.SendAsync(message, cancellationToken);
            crash.Step();
            return result;
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
