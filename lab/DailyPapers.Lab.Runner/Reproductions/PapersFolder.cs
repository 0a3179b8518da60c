namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>Where the papers' sources are.</summary>
public static class PapersFolder
{
    /// <summary>The folder that was named, else the one that is found.</summary>
    /// <exception cref="FormatException">None was named, and none is found.</exception>
    public static string Of(string? named) =>
        named ?? Find() ?? throw new FormatException("The source folder Papers/ was not found; name it with --papers.");

    /// <summary>The folder <c>lab/DailyPapers.Lab.Runner/Papers</c> at or above the working folder or the program; null when there is none.</summary>
    public static string? Find()
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var papers = Path.Combine(folder.FullName, "lab", "DailyPapers.Lab.Runner", "Papers");
                if (Directory.Exists(papers))
                    return papers;
            }
        return null;
    }
}
