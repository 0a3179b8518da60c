using System.CommandLine;

namespace DailyPapers.Bench;

/// <summary>The <c>suggest</c> command.</summary>
internal static class SuggestCommand
{
    public static Command Create()
    {
        var command = new Command("suggest", "Times suggestions while typing, measures what they find and take of memory, and how well misspelt queries are corrected.")
        {
            BenchOptions.Corpus, BenchOptions.Data, BenchOptions.Queries, BenchOptions.Questions,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Machine.Print();
            using var folder = new BenchFolder(arguments.GetValue(BenchOptions.Data));
            await ImportBench.EnsureAsync(folder.Directory, arguments.GetRequiredValue(BenchOptions.Corpus), buildAnew: false, cancellationToken);
            await using var bench = await BenchData.OpenCurrentAsync(folder.Directory, cancellationToken);
            await SuggestBench.RunAsync(bench, arguments.GetValue(BenchOptions.Queries), cancellationToken);
            CorrectionBench.Run(bench, await SuggestBench.SampleAsync(bench, arguments.GetValue(BenchOptions.Queries), cancellationToken), arguments.GetValue(BenchOptions.Questions));
        });
        return command;
    }
}
