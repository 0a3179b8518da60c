using System.IO.Compression;

namespace DailyPapers.Tests.Search.Evaluation;

/// <summary>A folder for the files of a test.</summary>
internal sealed class EvaluationFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("papers-eval-tests-").FullName;

    /// <summary>Writes a file, gzipped when its name says so, and returns its path.</summary>
    public string Write(string name, params IEnumerable<string> lines)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        Stream stored = File.Create(path);
        using var text = new StreamWriter(name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stored, CompressionLevel.Fastest) : stored);
        foreach (var line in lines)
            text.Write(line + "\n");
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
