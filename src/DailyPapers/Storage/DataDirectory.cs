namespace DailyPapers.Storage;

/// <summary>The folder that holds everything a service writes.</summary>
public sealed class DataDirectory
{
    /// <summary>The environment variable that names the folder when the command line does not.</summary>
    public const string EnvironmentVariable = "PAPERS_DATA";

    /// <summary>Uses <paramref name="root"/>, making the folder if it is absent.</summary>
    /// <exception cref="DataDirectoryException">The folder cannot be made or written.</exception>
    public DataDirectory(string root)
    {
        Root = Path.GetFullPath(root);
        try
        {
            Directory.CreateDirectory(Root);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataDirectoryException($"The data directory '{Root}' cannot be made: {exception.Message} Name another with --data.", exception);
        }
    }

    /// <summary>The absolute path of the folder.</summary>
    public string Root { get; }

    /// <summary>The SQLite database: the record everything else is derived from.</summary>
    public string DatabaseFile => Path.Combine(Root, "papers.db");

    /// <summary>The Lucene index; may be deleted at any time while no process uses it.</summary>
    public string IndexDirectory => Path.Combine(Root, "index");

    /// <summary>The papers' vectors, a folder for each embedding model; may be deleted at any time while no process uses them.</summary>
    public string VectorsDirectory => Path.Combine(Root, "vectors");

    /// <summary>Mails, when no SMTP server is configured.</summary>
    public string Outbox => Path.Combine(Root, "outbox");

    /// <summary>Keys that protect cookies and tokens.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>Work files of lab runs.</summary>
    public string Lab => Path.Combine(Root, "lab");

    /// <summary>Settings read at start, if the file exists.</summary>
    public string SettingsFile => Path.Combine(Root, "settings.json");

    /// <summary>The folder named by <c>PAPERS_DATA</c>, else <c>daily-papers</c> in the user's local application data.</summary>
    public static string DefaultRoot => Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } named
        ? named
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "daily-papers");
}
