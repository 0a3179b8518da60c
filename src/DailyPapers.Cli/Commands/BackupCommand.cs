using System.CommandLine;
using DailyPapers.Storage;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers backup</c> and <c>papers restore</c>.</summary>
internal static class BackupCommand
{
    public static Command BuildBackup()
    {
        var file = new Argument<string>("file") { Description = "The file to write; it must not exist." };
        var command = new Command("backup", "Copy the database to a file, also while the service runs, and check the copy.") { file, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => Failure.GuardAsync(async () =>
        {
            var target = parse.GetRequiredValue(file);
            await new Backup(CommonOptions.DirectoryOf(parse)).CreateAsync(target, cancellationToken);
            Console.WriteLine($"Wrote {Path.GetFullPath(target)} ({new FileInfo(target).Length / 1024.0 / 1024:F1} MB), checked.");
            return ExitCode.Ok;
        }));
        return command;
    }

    public static Command BuildRestore()
    {
        var file = new Argument<string>("file") { Description = "A file that 'papers backup' wrote." };
        var yes = new Option<bool>("--yes") { Description = "Replace the database without asking." };
        var command = new Command("restore", "Replace the database's content with that of a backup, also while the service runs.") { file, yes, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => Failure.GuardAsync(async () =>
        {
            var directory = CommonOptions.DirectoryOf(parse);
            if (File.Exists(directory.DatabaseFile) && !parse.GetValue(yes) && !Confirmed(directory))
            {
                await Console.Error.WriteLineAsync("papers: not restored; say --yes to replace the database.");
                return ExitCode.Failed;
            }
            await new Backup(directory).RestoreAsync(parse.GetRequiredValue(file), cancellationToken);
            Console.WriteLine($"Restored into {directory.Root}; the search index is built anew.");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static bool Confirmed(DataDirectory directory)
    {
        if (Console.IsInputRedirected)
            return false;
        Console.Write($"Replace all content of {directory.DatabaseFile}? [y/N] ");
        return Console.ReadLine()?.Trim().Equals("y", StringComparison.OrdinalIgnoreCase) == true;
    }
}
