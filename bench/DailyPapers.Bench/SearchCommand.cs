using System.CommandLine;

namespace DailyPapers.Bench;

/// <summary>The <c>search</c> command.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        var keep = new Option<bool>("--keep-index") { Description = "Use the index and the vectors that the data directory has, instead of building them anew." };
        var known = new Option<bool>("--known-items") { Description = "Also look for papers by pieces of their own text." };
        var vectors = new Option<int>("--vectors") { Description = "Also build an index of so many vectors and search it; 3,000,000 take a few minutes and 1.1 GB in the temporary directory." };
        var noise = new Option<float>("--noise") { Description = "Length of the noise that makes further vectors from the papers', relative to theirs.", DefaultValueFactory = _ => VectorBench.UsualNoise };
        var command = new Command("search", "Prints how fast papers are imported, indexed and embedded, how fast and how well searches find them, beside SQLite FTS5 and Xapian in the same run.")
        {
            BenchOptions.Corpus, BenchOptions.Data, BenchOptions.Queries, BenchOptions.Questions, BenchOptions.Kinds, keep, known, vectors, noise,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var corpus = arguments.GetRequiredValue(BenchOptions.Corpus);
            Machine.Print();
            using var folder = new BenchFolder(arguments.GetValue(BenchOptions.Data));
            await ImportBench.EnsureAsync(folder.Directory, corpus, !arguments.GetValue(keep), cancellationToken);
            await using (var bench = await BenchData.OpenCurrentAsync(folder.Directory, cancellationToken))
            {
                var papers = await QuerySample.PapersAsync(bench, arguments.GetValue(BenchOptions.Queries), cancellationToken);
                var kinds = QuerySample.Kinds(papers, arguments);
                await LexicalBench.RunAsync(bench, kinds, cancellationToken);
                await HybridBench.RunAsync(bench, kinds, cancellationToken);
                if (arguments.GetValue(known))
                    await KnownItems.FindAsync(bench, papers, cancellationToken);
            }
            if (arguments.GetValue(vectors) is > 0 and var count)
                await Task.Run(() => VectorBench.Run(corpus, arguments.GetValue(noise), count, cancellationToken), cancellationToken);
            Machine.Print();
        });
        return command;
    }
}
