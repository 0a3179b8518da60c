namespace DailyPapers.Storage;

/// <summary>
/// A lock that one process holds on a file. The operating system frees it when the process ends in whatever way, so a killed
/// process never blocks the next one.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, making the file if it is absent; null while another holds it.</summary>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception is not (FileNotFoundException or DirectoryNotFoundException) && File.Exists(path))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
