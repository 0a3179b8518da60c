using System.Globalization;

namespace DailyPapers.Storage;

/// <summary>
/// Lets one service run on a data directory. The operating system holds the lock and frees it when the process ends in
/// whatever way, so a killed service never blocks the next start. Commands may work beside a service: the database is made
/// for that, and the search index has a lock of its own.
/// </summary>
public sealed class ServiceLock : IDisposable
{
    /// <summary>The locked file's name; it holds the number of the process.</summary>
    public const string FileName = "service.lock";

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
                $"Another service{Holder(path)} already runs on the data directory '{directory.Root}'. Stop it first, or name another directory with --data.", exception);
        }
        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return new ServiceLock(file);
    }

    /// <summary>Frees the directory.</summary>
    public void Dispose() => _file.Dispose();

    private static string Holder(string path)
    {
        try
        {
            // Sharing everything asks for no lock, so the number can be read beside the holder where the system lets us.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return int.TryParse(reader.ReadToEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                ? string.Create(CultureInfo.InvariantCulture, $" (process {process})")
                : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
