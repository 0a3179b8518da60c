using System.CommandLine;
using DailyPapers.Cli.Commands;

namespace DailyPapers.Cli;

/// <summary>The <c>papers</c> command: a table of its subcommands.</summary>
internal static class PapersCommand
{
    public static RootCommand Build()
    {
        var root = new RootCommand("Daily Papers: a self-hosted research feed whose papers run.")
        {
            ServeCommand.Build(),
            ImportCommand.Build(),
            ExportCommand.Build(),
            HarvestCommand.Build(),
            SearchCommand.Build(),
            ShowCommand.Build(),
            EditionCommand.Build(),
            DigestCommand.Build(),
            LabCommand.Build(),
            EvalCommand.Build(),
            BackupCommand.BuildBackup(),
            BackupCommand.BuildRestore(),
            UsersCommand.Build(),
            CompletionCommand.Build(),
        };
        ExampleHelp.Install(root);
        return root;
    }
}
