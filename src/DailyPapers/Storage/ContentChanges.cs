using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace DailyPapers.Storage;

/// <summary>
/// Tells this process that visible content changed, whoever changed it: writers here call <see cref="NoticeAsync"/>, and a
/// poll of the change counter catches other processes, such as an import from the command line.
/// </summary>
public sealed class ContentChanges(IDbContextFactory<PapersDb> contexts) : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource _source = new();

    /// <summary>The lineage and number last seen; all of a new lineage counts as changed.</summary>
    public ContentVersion Current { get; private set; } = new("", 0);

    /// <summary>A token that fires at the next change after this call.</summary>
    public IChangeToken Watch()
    {
        lock (_gate)
            return new CancellationChangeToken(_source.Token);
    }

    /// <summary>Reads the counter; fires the token of <see cref="Watch"/> when it moved. Returns the version read.</summary>
    public async Task<ContentVersion> NoticeAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var seen = await db.ReadContentVersionAsync(cancellationToken);
        CancellationTokenSource? fired = null;
        lock (_gate)
        {
            if (seen != Current)
            {
                Current = seen;
                (fired, _source) = (_source, new CancellationTokenSource());
            }
        }
        if (fired is not null)
        {
            await fired.CancelAsync();
            fired.Dispose();
        }
        return seen;
    }

    /// <summary>Waits until <paramref name="changed"/>, a token of <see cref="Watch"/>, fires, at most for <paramref name="longest"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended the wait.</exception>
    public static async Task WaitAsync(IChangeToken changed, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (changed.RegisterChangeCallback(static state => ((TaskCompletionSource)state!).TrySetResult(), signal))
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(signal.Task, Task.Delay(longest, time, ended.Token));
            await ended.CancelAsync();
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
