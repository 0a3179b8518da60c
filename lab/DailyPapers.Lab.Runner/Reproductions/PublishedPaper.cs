using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>A paper's folder in the source: what is published with the product.</summary>
/// <param name="Declaration">What the code declares.</param>
/// <param name="Folder">The folder <c>Papers/&lt;Folder&gt;</c>.</param>
public sealed record PublishedPaper(ReproductionDeclaration Declaration, string Folder)
{
    /// <summary>The file that tells programs without the lab which claims and parameters there are.</summary>
    public const string DeclarationFile = "declaration.json";

    /// <summary>All papers of the catalogue in a checkout.</summary>
    /// <param name="papersFolder">The source folder <c>Papers/</c>.</param>
    public static IReadOnlyList<PublishedPaper> All(string papersFolder) =>
        [.. Catalogue.All.Select(reproduction => new PublishedPaper(reproduction.Declaration, Path.Combine(papersFolder, reproduction.Declaration.Folder)))];

    /// <summary>The published result of a mode, or null when there is none yet.</summary>
    public ReproductionResult? Result(RunMode mode)
    {
        var path = Path.Combine(Folder, ReproductionRun.ResultFile(mode));
        return File.Exists(path) ? LabJson.ReadResult(File.ReadAllText(path)) : null;
    }

    /// <summary>Replaces the published result, and with a full one the figures.</summary>
    /// <param name="result">The new result.</param>
    /// <param name="output">The run's output folder.</param>
    public void Replace(ReproductionResult result, string output)
    {
        ArgumentNullException.ThrowIfNull(result);
        Directory.CreateDirectory(Folder);
        foreach (var file in result.Mode == RunMode.Full ? result.Figures.Select(figure => figure.File) : [])
            AtomicFile.Write(Path.Combine(Folder, file), File.ReadAllText(Path.Combine(output, file)));
        AtomicFile.Write(Path.Combine(Folder, ReproductionRun.ResultFile(result.Mode)), LabJson.Write(result));
    }

    /// <summary>The files that follow from the code and the published results without running anything, by path.</summary>
    /// <param name="papersFolder">The source folder <c>Papers/</c>; the table goes into <c>docs/</c> of the checkout above it.</param>
    public static IReadOnlyDictionary<string, string> DerivedFiles(string papersFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(papersFolder);
        var papers = All(papersFolder);
        var files = papers.ToDictionary(paper => Path.Combine(paper.Folder, DeclarationFile), paper => LabJson.Write(paper.Declaration));
        files[Path.GetFullPath(Path.Combine(papersFolder, "..", "..", "..", "docs", "reproductions.md"))] = ResultsTable.Markdown(papers);
        return files;
    }
}
