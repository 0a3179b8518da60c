using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Commands;

/// <summary>Runs papers again, one after another, and compares each with its published result or replaces that.</summary>
/// <param name="Mode">Which budget.</param>
/// <param name="Update">Replace instead of compare.</param>
/// <param name="Sources">The source folder <c>Papers/</c>.</param>
/// <param name="Work">Where runs are made; finished seeds stay there until every paper is done.</param>
internal sealed record Verification(RunMode Mode, bool Update, string Sources, string Work)
{
    /// <summary>Verifies the papers. A paper that fails does not keep the others from being verified.</summary>
    public RunnerExitCode Run(IReadOnlyList<IReproduction> reproductions, Action<RunEvent> report, CancellationToken cancellationToken)
    {
        var worst = RunnerExitCode.Ok;
        foreach (var reproduction in reproductions)
            worst = Worse(worst, Run(reproduction, report, cancellationToken));
        return worst;
    }

    /// <summary>The exit code of two verifications together.</summary>
    public static RunnerExitCode Worse(RunnerExitCode one, RunnerExitCode other) =>
        one == RunnerExitCode.Failed || other == RunnerExitCode.Failed ? RunnerExitCode.Failed : (RunnerExitCode)Math.Max((int)one, (int)other);

    /// <summary>Deletes what was kept for going on: the next verification is to compute anew.</summary>
    public void Forget(IEnumerable<IReproduction> reproductions)
    {
        foreach (var reproduction in reproductions)
            if (Directory.Exists(FolderOf(reproduction.Declaration)))
                Directory.Delete(FolderOf(reproduction.Declaration), recursive: true);
    }

    private RunnerExitCode Run(IReproduction reproduction, Action<RunEvent> report, CancellationToken cancellationToken)
    {
        var declaration = reproduction.Declaration;
        try
        {
            var request = new RunRequest(Mode, new Dictionary<string, string>(), null, FolderOf(declaration), KeepCheckpoints: true);
            var result = new ReproductionRun(reproduction, request, TimeProvider.System).Execute(report, cancellationToken);
            var paper = new PublishedPaper(declaration, Path.Combine(Sources, declaration.Folder));
            if (!Update)
                return Compare(result, paper.Result(Mode)) ? RunnerExitCode.Ok : RunnerExitCode.VerifyMismatch;
            paper.Replace(result, FolderOf(declaration));
            Console.WriteLine($"Wrote {ReproductionRun.ResultFile(Mode)} of {declaration.Slug}.");
            return RunnerExitCode.Ok;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
        {
            Console.Error.WriteLine(exception);
            return EventWriter.Text.Fail(RunnerExitCode.Failed, $"{declaration.Slug}: {exception.Message}");
        }
    }

    private string FolderOf(ReproductionDeclaration declaration) => Path.Combine(Work, declaration.Slug);

    private static bool Compare(ReproductionResult result, ReproductionResult? published)
    {
        var file = ReproductionRun.ResultFile(result.Mode);
        if (published is null)
        {
            Console.WriteLine($"{result.Slug}: no committed {file}; write it with --update.");
            return false;
        }
        var differences = ResultComparison.Differences(published, result);
        foreach (var difference in differences)
            Console.WriteLine($"{result.Slug}: {difference}");
        if (differences.Count == 0)
            Console.WriteLine($"{result.Slug}: agrees with the committed {file}.");
        return differences.Count == 0;
    }
}
