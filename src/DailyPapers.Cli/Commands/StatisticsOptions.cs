using System.CommandLine;
using System.CommandLine.Parsing;
using DailyPapers.Cli.Output;
using DailyPapers.Search.Evaluation;

namespace DailyPapers.Cli.Commands;

/// <summary>The options on measuring and printing that <c>papers eval</c>'s subcommands share.</summary>
internal sealed class StatisticsOptions
{
    private static readonly EvaluationOptions Defaults = new();

    private readonly Option<int> _samples = new("--bootstrap") { Description = "Bootstrap samples that the 95 % intervals are made of, 100 or more.", DefaultValueFactory = _ => Defaults.BootstrapSamples };
    private readonly Option<int> _seed = new("--seed") { Description = "Draws the bootstrap samples.", DefaultValueFactory = _ => Defaults.Seed };
    private readonly Option<int> _relevantFrom = new("--relevant-from") { Description = "The least grade that counts as relevant for MRR, recall and average precision.", DefaultValueFactory = _ => Defaults.RelevantFrom };
    private readonly Option<string?> _perQuery = new("--per-query") { Description = "Write each query's measures to this file, columns between tabs.", HelpName = "FILE" };

    public StatisticsOptions()
    {
        _samples.Validators.Add(result => RequireRange(result, 100, 1_000_000));
        _relevantFrom.Validators.Add(result => RequireRange(result, 1, int.MaxValue));
    }

    public static void RequireRange(OptionResult result, int least, int most)
    {
        if (result.Errors.Any() || result.GetValueOrDefault<int>() is var value && value >= least && value <= most)
            return;
        result.AddError(most == int.MaxValue ? $"{result.Option.Name} must be {least} or more, not {value}." : $"{result.Option.Name} must be {least} to {most}, not {value}.");
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _samples, _seed, _relevantFrom, _perQuery, CommonOptions.Json })
            command.Options.Add(option);
    }

    public EvaluationOptions Of(ParseResult parse) => new()
    {
        BootstrapSamples = parse.GetValue(_samples),
        Seed = parse.GetValue(_seed),
        RelevantFrom = parse.GetValue(_relevantFrom),
    };

    public int Report(ParseResult parse, IReadOnlyList<CollectionScores> scores)
    {
        if (parse.GetValue(_perQuery) is { } file)
            EvaluationReport.WritePerQuery(file, scores);
        if (parse.GetValue(CommonOptions.Json))
            Console.WriteLine(EvaluationJson.Write([.. scores.Select(EvaluationDocument.Of)]));
        else
            EvaluationReport.Print(scores);
        return ExitCode.Ok;
    }
}
