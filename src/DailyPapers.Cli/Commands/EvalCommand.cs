using System.CommandLine;
using DailyPapers.Cli.Output;
using DailyPapers.Embedding;
using DailyPapers.Search.Evaluation;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers eval</c>.</summary>
internal static class EvalCommand
{
    /// <summary>The systems by name, in the order that tables show them by default.</summary>
    private static IReadOnlyList<SearchSystem> Systems(StaticEmbeddingModel? model = null) =>
        [SearchSystem.Lexical, SearchSystem.Semantic(model), SearchSystem.Hybrid(model), SearchSystem.FullText];

    public static Command Build() => new("eval", "Measure how well searches find what was judged relevant.") { Collection(), Run(), Split() };

    private static Command Collection()
    {
        var folders = new Argument<string[]>("dir") { Description = "Collections as BEIR lays them out: corpus.jsonl, queries.jsonl, qrels/test.tsv; each may be gzipped.", Arity = ArgumentArity.OneOrMore };
        var systems = new Option<string?>("--systems")
        {
            Description = $"The systems, with commas between; the others are compared with the first. All by default: {string.Join(',', Systems().Select(system => system.Name))}.",
            HelpName = "NAMES",
        };
        var split = new Option<string>("--split") { Description = "The judgements to use, a file in qrels/ without its ending.", DefaultValueFactory = _ => "test" };
        var topics = new Option<string?>("--topics") { Description = "TREC topics, or lines of id TAB text, in place of queries.jsonl.", HelpName = "FILE" };
        var qrels = QrelsOption(required: false);
        var depth = new Option<int>("--depth") { Description = "How many papers each system is asked for, 10 to 10,000.", DefaultValueFactory = _ => new EvaluationOptions().Depth };
        var model = new Option<string?>("--model") { Description = "The embedding model of semantic and hybrid, a file made by 'papers lab train-embedding'; by default the one that ships.", HelpName = "FILE" };
        var writeRun = new Option<string?>("--write-run") { Description = "Write each system's answers as a TREC run into this folder.", HelpName = "DIR" };
        var statistics = new StatisticsOptions();
        var command = new Command("collection", "Ask search systems a collection's queries and print a table of what they found.") { folders, systems, split, topics, qrels, depth, model, writeRun };
        statistics.AddTo(command);
        depth.Validators.Add(result => StatisticsOptions.RequireRange(result, 10, 10_000));
        command.Validators.Add(result =>
        {
            if (result.GetValue(folders) is { Length: > 1 } && (result.GetValue(topics) ?? result.GetValue(qrels)) is not null)
                result.AddError("--topics and --qrels belong to one collection; name one folder with them.");
        });
        command.SetAction((parse, cancellationToken) => Failure.GuardAsync(async () =>
        {
            var chosen = Choose(parse.GetValue(systems), parse.GetValue(model) is { } file ? StaticEmbeddingModel.Open(file) : null);
            var evaluator = new Evaluator(statistics.Of(parse) with { Depth = parse.GetValue(depth) });
            var work = Directory.CreateTempSubdirectory("papers-eval-");
            try
            {
                var scores = new List<CollectionScores>();
                foreach (var folder in parse.GetRequiredValue(folders))
                {
                    var collection = BeirFolder.Read(folder, parse.GetValue(split)!, parse.GetValue(topics), parse.GetValue(qrels));
                    scores.Add(await ProgressBar.ShowAsync<CollectionScores, EvaluationProgress>(
                        collection.Name,
                        report => (report.Asked == 0 ? double.NaN : (double)report.Asked / report.Queries, $"{report.Collection}: {report.System}{(report.Asked == 0 ? " reads" : "")}"),
                        progress => Task.Run(() => evaluator.Evaluate(collection, chosen, work.FullName, progress, cancellationToken), cancellationToken)));
                    WriteRuns(parse.GetValue(writeRun), scores[^1]);
                }
                return statistics.Report(parse, scores);
            }
            finally
            {
                work.Delete(recursive: true);
            }
        }));
        return command;
    }

    private static Command Run()
    {
        var runs = new Option<string[]>("--run") { Description = "A TREC run: query, Q0, document, rank, score, tag. Several may be given; the others are compared with the first.", HelpName = "FILE", Required = true, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
        var qrels = QrelsOption(required: true);
        var statistics = new StatisticsOptions();
        var command = new Command("run", "Measure runs made elsewhere, as trec_eval does.") { runs, qrels };
        statistics.AddTo(command);
        command.SetAction((parse, _) => Failure.GuardAsync(() =>
        {
            var judgements = Judgements.Read(parse.GetValue(qrels)!);
            var read = parse.GetRequiredValue(runs).Select(TrecRun.Read).ToList();
            var scores = new Evaluator(statistics.Of(parse)).Evaluate(Path.GetFileName(parse.GetValue(qrels)!), judgements, read);
            return Task.FromResult(statistics.Report(parse, [scores]));
        }));
        return command;
    }

    private static Command Split()
    {
        var papers = new Option<string>("--papers") { Description = "Papers as JSON lines, gzipped or not: title, abstract, keywords, authors, year.", HelpName = "FILE", Required = true };
        var target = new Option<string>("--out") { Description = "The folder to make the collections in.", HelpName = "DIR", Required = true };
        var questions = new Option<string?>("--questions") { Description = "Questions to make a collection of too, as JSON lines of id and text.", HelpName = "FILE" };
        var judgements = new Option<string?>("--judgements") { Description = "The questions' judgements; judgements.tsv beside the questions by default.", HelpName = "FILE" };
        var most = new Option<int>("--queries") { Description = "The most queries of a collection; of more, a sample is taken.", DefaultValueFactory = _ => 1_000 };
        var seed = new Option<int>("--seed") { Description = "Chooses the sample.", DefaultValueFactory = _ => 1 };
        most.Validators.Add(result => StatisticsOptions.RequireRange(result, 1, int.MaxValue));
        var command = new Command("split", "Make collections of papers alone: title to abstract, title words and keywords to paper, questions.") { papers, target, questions, judgements, most, seed };
        command.SetAction((parse, cancellationToken) => Failure.GuardAsync(() =>
        {
            var split = new DevSplit(SplitPapers.Read(parse.GetRequiredValue(papers)), parse.GetValue(most), parse.GetValue(seed));
            var makers = new List<Func<JudgedCollection>> { split.TitleToAbstract, split.TitleFragment, split.KeywordToPaper };
            if (parse.GetValue(questions) is { } file)
            {
                var judged = parse.GetValue(judgements) ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "judgements.tsv");
                makers.Add(() => split.Questions(BeirFolder.ReadQueries(file), Judgements.Read(judged)));
            }
            foreach (var make in makers)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var collection = make();
                BeirFolder.Write(Path.Combine(parse.GetRequiredValue(target), collection.Name), collection);
                EvaluationReport.PrintSize(collection);
            }
            return Task.FromResult(ExitCode.Ok);
        }));
        return command;
    }

    private static Option<string?> QrelsOption(bool required) => new("--qrels")
    {
        Description = "Judgements: TREC (query, 0, document, grade) or BEIR (query, document, grade).",
        HelpName = "FILE",
        Required = required,
    };

    private static IReadOnlyList<SearchSystem> Choose(string? names, StaticEmbeddingModel? model)
    {
        var systems = Systems(model);
        if (names is null)
            return systems;
        var chosen = names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).Select(name => Named(name, systems)).ToList();
        return chosen.Count > 0 ? chosen : throw new FormatException("--systems names no system.");
    }

    private static SearchSystem Named(string name, IReadOnlyList<SearchSystem> systems) =>
        systems.FirstOrDefault(system => system.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException($"--systems: there is no system '{name}'. There are: {string.Join("; ", systems.Select(system => $"{system.Name} ({system.Description})"))}.");

    private static void WriteRuns(string? folder, CollectionScores scores)
    {
        if (folder is null)
            return;
        Directory.CreateDirectory(folder);
        foreach (var system in scores.Systems)
            system.Run.Write(Path.Combine(folder, $"{scores.Collection}.{system.System}.run"));
    }
}
