namespace DailyPapers.Reproductions.Runner;

/// <summary>Where the lab's runner is: it is a program of its own, so that nothing here loads a tensor library.</summary>
public sealed class LabRunnerLocation
{
    /// <summary>The environment variable that names the runner's executable or its folder.</summary>
    public const string EnvironmentVariable = "PAPERS_LAB_RUNNER";

    private const string Name = "DailyPapers.Lab.Runner";

    private LabRunnerLocation(string? assembly, string? project) => (Assembly, Project) = (assembly, project);

    /// <summary>The runner's assembly, if it is built or installed.</summary>
    public string? Assembly { get; }

    /// <summary>The runner's project, when this is a source checkout; building it makes <see cref="Assembly"/>.</summary>
    public string? Project { get; }

    /// <summary>
    /// Looks where <c>PAPERS_LAB_RUNNER</c> says, in the folder <c>lab</c> beside this program, and in the source checkout
    /// this program was built in.
    /// </summary>
    public static LabRunnerLocation Find()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } named)
        {
            var assembly = Directory.Exists(named) ? Path.Combine(named, Name + ".dll") : Path.ChangeExtension(named, ".dll");
            return File.Exists(assembly)
                ? new LabRunnerLocation(assembly, null)
                : throw new LabRunnerException($"{EnvironmentVariable} is '{named}', but there is no {Name}.dll.");
        }

        var installed = Path.Combine(AppContext.BaseDirectory, "lab", Name + ".dll");
        if (File.Exists(installed))
            return new LabRunnerLocation(installed, null);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var project = Path.Combine(folder.FullName, "lab", Name, Name + ".csproj");
            if (File.Exists(project))
                return new LabRunnerLocation(BuiltFrom(project), project);
        }
        throw new LabRunnerException(
            $"The lab's runner was not found. Install it into the folder 'lab' beside this program, or name it with {EnvironmentVariable}.");
    }

    /// <summary>The assembly that building <paramref name="project"/> makes.</summary>
    internal static string BuiltFrom(string project) => Path.Combine(Path.GetDirectoryName(project)!, "bin", "Release", "net10.0", Name + ".dll");
}
