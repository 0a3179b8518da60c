namespace DailyPapers.Lab.Contract;

/// <summary>A folder with data that does not come with the product.</summary>
/// <param name="Variable">The environment variable that names it.</param>
/// <param name="DefaultFolder">Where it is looked for without the variable.</param>
public sealed record DataRequirement(string Variable, string DefaultFolder)
{
    /// <summary>The folder: the one that <see cref="Variable"/> names, else the default if it exists, else null.</summary>
    public string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : Directory.Exists(DefaultFolder) ? DefaultFolder : null;
}
