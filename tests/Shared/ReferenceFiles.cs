namespace DailyPapers.TestSupport;

/// <summary>Reference data that the project's maintainers keep beside the repository and nobody else needs.</summary>
internal static class ReferenceFiles
{
    /// <summary>The path of a reference file, in <c>PAPERS_SHARED</c> or a folder <c>shared</c> beside the repository; skips the test without it.</summary>
    internal static string FindOrSkip(string file)
    {
        var folders = new List<string>();
        if (Environment.GetEnvironmentVariable("PAPERS_SHARED") is { Length: > 0 } named)
            folders.Add(named);
        for (var parent = Directory.GetParent(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
            folders.Add(Path.Combine(parent.FullName, "shared"));
        var found = folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        if (found is null)
            Assert.Skip($"The reference file {file} is not on this machine; PAPERS_SHARED names its folder.");
        return found;
    }
}
