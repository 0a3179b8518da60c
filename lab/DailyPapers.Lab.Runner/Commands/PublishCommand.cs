using System.CommandLine;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Commands;

/// <summary><c>publish</c>: writes the files that follow from the code and the published results.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var papers = new Option<DirectoryInfo?>("--papers") { Description = "The source folder Papers/; found upwards from the program and the working folder when not given." };
        var command = new Command("publish", "Write each paper's declaration.json and docs/reproductions.md from the code and the published results, running nothing.") { papers };
        command.SetAction(parsed =>
        {
            try
            {
                Write(PapersFolder.Of(parsed.GetValue(papers)?.FullName));
                return (int)RunnerExitCode.Ok;
            }
            catch (FormatException exception)
            {
                return (int)EventWriter.Text.Fail(RunnerExitCode.Usage, exception.Message);
            }
        });
        return command;
    }

    /// <summary>Writes those that differ.</summary>
    internal static void Write(string papersFolder)
    {
        foreach (var (path, content) in PublishedPaper.DerivedFiles(papersFolder))
        {
            if (File.Exists(path) && File.ReadAllText(path) == content)
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, content);
            Console.WriteLine($"Wrote {path}.");
        }
    }
}
