using Lucene.Net.Index;

namespace DailyPapers.Search.Indexing;

/// <summary>
/// Merges in the background and reports a failed merge: thrown on the merge's own thread, as the base class does, the
/// exception would end the process.
/// </summary>
internal sealed class WatchedMergeScheduler(Action<Exception> failed) : ConcurrentMergeScheduler
{
    protected override void HandleMergeException(Exception exc) => failed(exc);
}
