using DailyPapers.Storage;

namespace DailyPapers.Search.Indexing;

/// <summary>Lets one process write the index of a folder.</summary>
internal static class IndexLock
{
    /// <summary>The locked file's name.</summary>
    public const string FileName = "writer.lock";

    /// <summary>Takes the lock, or returns null while another holds it.</summary>
    public static FileLock? TryTake(string folder) => FileLock.TryTake(Path.Combine(folder, FileName));
}
