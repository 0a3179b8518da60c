namespace DailyPapers.Bench;

/// <summary>The data directory that the caller names, or a temporary one.</summary>
internal sealed class BenchFolder(DirectoryInfo? named) : IDisposable
{
    public DirectoryInfo Directory { get; } = named ?? System.IO.Directory.CreateTempSubdirectory("papers-bench-");

    public void Dispose()
    {
        if (named is null)
            Directory.Delete(recursive: true);
    }
}
