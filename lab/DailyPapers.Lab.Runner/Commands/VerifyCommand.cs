using System.CommandLine;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;
using DailyPapers.Lab.Systems;

namespace DailyPapers.Lab.Runner.Commands;

/// <summary><c>verify</c>: run again and compare with the committed record, or replace it.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var slugs = new Argument<string[]>("slug") { Description = "The papers, as 'list' names them.", Arity = ArgumentArity.ZeroOrMore };
        var quick = new Option<bool>("--quick") { Description = "Use the quick budget (the default)." };
        var full = new Option<bool>("--full") { Description = "Use the full budget." };
        var all = new Option<bool>("--all") { Description = "Verify every paper." };
        var update = new Option<bool>("--update") { Description = "Write the new record (and, with --full, the figures) into the source folder." };
        var papers = new Option<DirectoryInfo?>("--papers") { Description = "The source folder Papers/; found upwards from the program and the working folder when not given." };
        var work = new Option<DirectoryInfo?>("--work") { Description = "Folder for unfinished runs, so that a killed verification continues; a temporary one when not given." };
        var command = new Command("verify", "Run reproductions again and compare them with their committed results.") { slugs, quick, full, all, update, papers, work };
        command.SetAction((parsed, cancellationToken) => Task.FromResult((int)Run(
            parsed.GetValue(slugs) ?? [], parsed.GetValue(all), parsed.GetValue(quick), parsed.GetValue(full), parsed.GetValue(update),
            parsed.GetValue(papers)?.FullName, parsed.GetValue(work)?.FullName, cancellationToken)));
        return command;
    }

    private static RunnerExitCode Run(
        string[] slugs, bool all, bool quick, bool full, bool update, string? papers, string? work, CancellationToken cancellationToken)
    {
        try
        {
            if (quick && full)
                throw new FormatException("Choose one of --quick and --full.");
            if (all == slugs.Length > 0)
                throw new FormatException("Name the papers to verify, or give --all.");
            var reproductions = all
                ? Catalogue.All
                : [.. slugs.Select(slug => Catalogue.Find(slug) ?? throw new FormatException($"There is no reproduction '{slug}'; 'list' shows those there are."))];
            var sources = papers ?? PapersFolder.Find() ?? throw new FormatException("The source folder Papers/ was not found; name it with --papers.");
            TorchNativeLibrary.Prepare();
            var mode = full ? RunMode.Full : RunMode.Quick;
            var agreed = true;
            foreach (var reproduction in reproductions)
                agreed &= Verify(reproduction, mode, update, Path.Combine(sources, reproduction.Declaration.Folder), work, cancellationToken);
            return agreed ? RunnerExitCode.Ok : RunnerExitCode.VerifyMismatch;
        }
        catch (FormatException exception)
        {
            return EventWriter.Text.Fail(RunnerExitCode.Usage, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return EventWriter.Text.Fail(RunnerExitCode.Cancelled, "Cancelled. With --work, finished seeds are kept.");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Console.Error.WriteLine(exception);
            return EventWriter.Text.Fail(RunnerExitCode.Failed, exception.Message);
        }
    }

    private static bool Verify(IReproduction reproduction, RunMode mode, bool update, string source, string? work, CancellationToken cancellationToken)
    {
        var folder = work is null
            ? Directory.CreateTempSubdirectory("papers-lab-").FullName
            : Path.Combine(work, reproduction.Declaration.Slug);
        try
        {
            var run = new ReproductionRun(reproduction, new(mode, new Dictionary<string, string>(), null, folder), TimeProvider.System);
            var result = run.Execute(EventWriter.Text.Write, cancellationToken);
            return update ? Update(result, folder, source) : Compare(result, Path.Combine(source, ReproductionRun.ResultFile(mode)));
        }
        finally
        {
            if (work is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Update(ReproductionResult result, string folder, string source)
    {
        Directory.CreateDirectory(source);
        foreach (var file in result.Mode == RunMode.Full ? result.Figures.Select(figure => figure.File) : [])
            AtomicFile.Write(Path.Combine(source, file), File.ReadAllText(Path.Combine(folder, file)));
        AtomicFile.Write(Path.Combine(source, ReproductionRun.ResultFile(result.Mode)), LabJson.Write(result));
        Console.WriteLine($"Wrote {ReproductionRun.ResultFile(result.Mode)} of {result.Slug}.");
        return true;
    }

    private static bool Compare(ReproductionResult result, string committed)
    {
        if (!File.Exists(committed))
        {
            Console.WriteLine($"{result.Slug}: no committed {Path.GetFileName(committed)}; write it with --update.");
            return false;
        }
        var differences = ResultComparison.Differences(LabJson.ReadResult(File.ReadAllText(committed)), result);
        foreach (var difference in differences)
            Console.WriteLine($"{result.Slug}: {difference}");
        if (differences.Count == 0)
            Console.WriteLine($"{result.Slug}: agrees with the committed {Path.GetFileName(committed)}.");
        return differences.Count == 0;
    }
}
