using System.CommandLine;

namespace DailyPapers.Bench;

/// <summary>The <c>recommend</c> command.</summary>
internal static class RecommendCommand
{
    public static Command Create()
    {
        var readers = new Option<int>("--readers") { Description = "Simulated readers.", DefaultValueFactory = _ => 300 };
        var tune = new Option<bool>("--tune") { Description = "Also try other constants of the model, on readers of their own." };
        var command = new Command("recommend", "Measures how well recommendations find what simulated readers like, beside popularity, recency and others in the same run, and how long they take.")
        {
            BenchOptions.Corpus, BenchOptions.Data, readers, tune,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Machine.Print();
            using var folder = new BenchFolder(arguments.GetValue(BenchOptions.Data));
            await ImportBench.EnsureAsync(folder.Directory, arguments.GetRequiredValue(BenchOptions.Corpus), buildAnew: false, cancellationToken);
            await using var bench = await BenchData.OpenCurrentAsync(folder.Directory, cancellationToken);
            var corpus = await RecommendCorpus.ReadAsync(bench, cancellationToken);
            RecommendQuality.Run(corpus, arguments.GetValue(readers), arguments.GetValue(tune));
            await RecommendSpeed.RunAsync(bench, corpus, cancellationToken);
            Machine.Print();
        });
        return command;
    }
}
