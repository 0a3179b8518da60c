namespace DailyPapers.Search.Indexing;

/// <summary>
/// Lets one process write the index. The operating system holds the lock and frees it when the process ends in whatever
/// way, so a killed process never blocks the next one.
/// </summary>
internal sealed class IndexLock : IDisposable
{
    /// <summary>The locked file's name.</summary>
    public const string FileName = "writer.lock";

    private readonly FileStream _file;

    private IndexLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or returns null while another holds it.</summary>
    public static IndexLock? TryTake(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return new IndexLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception is not (FileNotFoundException or DirectoryNotFoundException) && File.Exists(path))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
