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
        var update = new Option<bool>("--update") { Description = "Write the new record (and, with --full, the figures and docs/reproductions.md) into the source." };
        var jobs = new Option<int?>("--jobs") { Description = "How many papers run at a time, each in a process of its own; by default one for every two cores, for which budgets are meant." };
        var papers = new Option<DirectoryInfo?>("--papers") { Description = "The source folder Papers/; found upwards from the program and the working folder when not given." };
        var work = new Option<DirectoryInfo?>("--work") { Description = "Folder for unfinished runs, so that a killed verification continues; a temporary one when not given." };
        // How a verification of several papers starts its processes: what is done for all papers at the end is left to it.
        var part = new Option<bool>("--part") { Hidden = true };
        var command = new Command("verify", "Run reproductions again and compare them with their committed results.") { slugs, quick, full, all, update, jobs, papers, work, part };
        command.SetAction(async (parsed, cancellationToken) => (int)await RunAsync(
            parsed.GetValue(slugs) ?? [], parsed.GetValue(all), parsed.GetValue(quick), parsed.GetValue(full), parsed.GetValue(update),
            parsed.GetValue(jobs), parsed.GetValue(papers)?.FullName, parsed.GetValue(work)?.FullName, parsed.GetValue(part), cancellationToken));
        return command;
    }

    private static async Task<RunnerExitCode> RunAsync(
        string[] slugs, bool all, bool quick, bool full, bool update, int? jobs, string? papers, string? work, bool part, CancellationToken cancellationToken)
    {
        var temporary = work is null ? Directory.CreateTempSubdirectory("papers-lab-").FullName : null;
        try
        {
            if (quick && full)
                throw new FormatException("Choose one of --quick and --full.");
            if (all == slugs.Length > 0)
                throw new FormatException("Name the papers to verify, or give --all.");
            if (jobs is < 1)
                throw new FormatException($"--jobs must be 1 or more, not {jobs}.");
            var reproductions = all
                ? Catalogue.All
                : [.. slugs.Select(slug => Catalogue.Find(slug) ?? throw new FormatException($"There is no reproduction '{slug}'; 'list' shows those there are."))];
            var sources = PapersFolder.Of(papers);
            TorchNativeLibrary.Prepare();
            var verification = new Verification(full ? RunMode.Full : RunMode.Quick, update, sources, temporary ?? work!);
            var atOnce = Math.Min(reproductions.Count, jobs ?? Math.Max(1, Environment.ProcessorCount / 2));
            var code = atOnce > 1
                ? await new VerifyProcesses(verification, atOnce).RunAsync(reproductions, cancellationToken)
                : verification.Run(reproductions, EventWriter.Text.Write, cancellationToken);
            if (part)
                return code;
            if (update)
                PublishCommand.Write(sources);
            if (code != RunnerExitCode.Failed)
                verification.Forget(reproductions);
            return code;
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
        finally
        {
            if (temporary is not null)
                Directory.Delete(temporary, recursive: true);
        }
    }
}
