using System.Text.Json.Serialization;

namespace DailyPapers.Lab.Contract;

/// <summary>A folder with data that does not come with the product.</summary>
/// <param name="Variable">The environment variable that names it.</param>
/// <param name="DefaultFolder">Where it is looked for without the variable.</param>
/// <param name="Name">What the data set is called when it can be downloaded; null when it can't.</param>
public sealed record DataRequirement(string Variable, string DefaultFolder, string? Name = null)
{
    /// <summary>Where a download puts it, in a folder of the user; null when it can't be downloaded.</summary>
    [JsonIgnore]
    public string? DownloadFolder => Name is null
        ? null
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "daily-papers", "datasets", Name);

    /// <summary>The folder: the one that <see cref="Variable"/> names, else the default if it exists, else the download if there is one, else null.</summary>
    public string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : Directory.Exists(DefaultFolder) ? DefaultFolder : HasFiles(DownloadFolder) ? DownloadFolder : null;

    // A download that failed at once leaves an empty folder.
    private static bool HasFiles(string? folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any();
}
