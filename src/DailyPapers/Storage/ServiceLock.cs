using System.Globalization;

namespace DailyPapers.Storage;

/// <summary>
/// Lets one service run on a data directory. The operating system holds the lock and frees it when the process ends in
/// whatever way, so a killed service never blocks the next start. Commands may work beside a service: the database is made
/// for that, and the search index has a lock of its own.
/// </summary>
public sealed class ServiceLock : IDisposable
{
    /// <summary>The locked file's name.</summary>
    public const string FileName = "service.lock";

    // A file of its own: the locked one cannot be read by others.
    private const string ProcessFile = "service.pid";

    private readonly FileStream _file;

    private ServiceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of <paramref name="directory"/>.</summary>
    /// <exception cref="DataDirectoryException">Another service runs on the directory, or the file cannot be written.</exception>
    public static ServiceLock Take(DataDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var path = Path.Combine(directory.Root, FileName);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DataDirectoryException($"The data directory '{directory.Root}' cannot be written: {exception.Message} Name another with --data.", exception);
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new DataDirectoryException(
                $"Another service{Holder(directory)} already runs on the data directory '{directory.Root}'. Stop it first, or name another directory with --data.", exception);
        }
        File.WriteAllText(Path.Combine(directory.Root, ProcessFile), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new ServiceLock(file);
    }

    /// <summary>Frees the directory.</summary>
    public void Dispose() => _file.Dispose();

    private static string Holder(DataDirectory directory)
    {
        try
        {
            return int.TryParse(File.ReadAllText(Path.Combine(directory.Root, ProcessFile)), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                ? string.Create(CultureInfo.InvariantCulture, $" (process {process})")
                : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
