using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DailyPapers.Embedding;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Retrieval;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Commands;

/// <summary><c>train-embedding</c>: an embedding model from a file of papers, measured on the tenth that it never saw.</summary>
internal static class TrainEmbeddingCommand
{
    private const int MostQueriesOfATask = 1000;
    private const int MostSignQueries = 300;

    public static Command Create()
    {
        var papers = new Option<FileInfo>("--papers") { Description = "Papers as JSON lines (title, abstract, keywords), gzipped when the name ends in .gz.", Required = true };
        var output = new Option<FileInfo>("--out") { Description = "The model file to write.", Required = true };
        var seed = new Option<int>("--seed") { Description = "Seeds everything random.", DefaultValueFactory = _ => 1 };
        var epochs = new Option<int?>("--epochs") { Description = $"Passes over the papers; {new ContrastiveOptions().Epochs} by default." };
        var batch = new Option<int?>("--batch") { Description = $"Pairs of texts in a step, a multiple of 64; {new ContrastiveOptions().BatchSize} by default, fewer when there are few papers." };
        var recipe = new RecipeOptions();
        var threads = new Option<int>("--threads") { Description = "How many threads compute; the result does not depend on it.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command("train-embedding", "Train an embedding model on papers and measure it on the tenth of them that training never sees.")
        {
            papers, output, seed, epochs, batch, threads,
        };
        recipe.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.FromResult((int)Run(
            parsed.GetRequiredValue(papers).FullName, parsed.GetRequiredValue(output).FullName, new Seed(parsed.GetValue(seed)),
            recipe.Of(parsed), parsed.GetValue(epochs), parsed.GetValue(batch), parsed.GetValue(threads), cancellationToken)));
        return command;
    }

    private static RunnerExitCode Run(
        string papersFile, string output, Seed seed, ContrastiveOptions recipe, int? epochs, int? batch, int threads, CancellationToken cancellationToken)
    {
        try
        {
            if (threads < 1)
                throw new FormatException($"--threads is {threads}; it must be at least 1.");
            var papers = TrainingPaper.ReadAll(papersFile);
            var options = Options(recipe, papers, epochs, batch);
            Console.WriteLine($"{papers.Count} papers; one in ten is held out.");
            var clock = Stopwatch.StartNew();
            var training = EmbeddingTraining.Run(papers, options, seed, threads, new ConsoleProgress(clock), cancellationToken);
            using var content = new MemoryStream();
            training.Save(content);
            AtomicFile.Write(output, content.ToArray());
            var model = StaticEmbeddingModel.Open(output);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Wrote {output}: model {model.Id}, {model.Vocabulary.Count} tokens, {content.Length / 1e6:F1} MB, after {clock.Elapsed.TotalMinutes:F1} minutes."));
            Report(model, papers, threads, cancellationToken);
            return RunnerExitCode.Ok;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return RunnerExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled; no model was written.");
            return RunnerExitCode.Cancelled;
        }
    }

    // A feed of a few hundred papers has no batch of a thousand in it.
    private static ContrastiveOptions Options(ContrastiveOptions recipe, IReadOnlyList<TrainingPaper> papers, int? epochs, int? batch)
    {
        var usable = papers.Count(paper => paper.Abstract.Length > 0 && !HeldOut.Contains(paper.Title));
        var fitting = Math.Clamp(usable / 16 / 64 * 64, 64, recipe.BatchSize);
        return recipe with { Epochs = epochs ?? recipe.Epochs, BatchSize = batch ?? fitting };
    }

    private static void Report(StaticEmbeddingModel model, IReadOnlyList<TrainingPaper> papers, int threads, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        var tasks = RetrievalTask.From(papers, MostQueriesOfATask);
        Console.WriteLine("\n| task | queries | method | nDCG@10 | MRR | recall@100 |\n|---|---:|---|---:|---:|---:|");
        foreach (var (task, method, figures) in RetrievalReport.Measure(model, tasks, parallel))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {task} | {figures.Queries} | {method} | {figures.Ndcg10:F3} | {figures.ReciprocalRank:F3} | {figures.Recall100:F3} |"));
        if (tasks.Count == 0)
            return;
        var titles = tasks[0];
        var index = new EmbeddingIndex(model, titles.Documents, parallel);
        const int wanted = 20, candidates = 1000;
        var recall = index.SignRecall([.. titles.Queries.Take(MostSignQueries)], wanted, candidates, parallel);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nOf a title's {wanted} nearest abstracts, {recall:P1} are among the {candidates} nearest by sign bits."));
    }

    private sealed class ConsoleProgress(Stopwatch clock) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,6:F0} s  {value.Stage,-10} {value.Fraction,5:P0}{(value.Loss is { } loss ? $"  loss {loss:F4}" : "")}"));
    }
}
