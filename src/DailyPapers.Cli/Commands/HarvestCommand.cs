using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DailyPapers.Cli.Output;
using DailyPapers.Papers;
using DailyPapers.Sources;
using DailyPapers.Sources.Arxiv;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers harvest</c>.</summary>
internal static class HarvestCommand
{
    public static Command Build() => new("harvest", "Bring papers in from arXiv, one request each three seconds. An interrupted harvest goes on when run again.")
    {
        Oai(), Query(), Rss(),
    };

    private static Command Oai()
    {
        var set = new Option<string?>("--set") { Description = "A set such as cs or cs:cs:LG, or a category such as cs.LG; all of arXiv by default." };
        var from = Day("--from", "The first day of changes; without it the harvest goes on where the last one ended.");
        var until = Day("--until", "The last day of changes.");
        var command = new Command("oai", "Harvest in bulk over OAI-PMH, with replacements and withdrawals.") { set, from, until, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, (services, progress) =>
        {
            var named = parse.GetValue(set);
            var selection = new ArxivOaiSelection
            {
                Set = named?.Contains('.', StringComparison.Ordinal) == true ? ArxivOaiSelection.SetOf(named) : named,
                From = parse.GetValue(from),
                Until = parse.GetValue(until),
            };
            return services.GetRequiredService<ArxivOaiHarvest>().RunAsync(selection, progress, cancellationToken);
        }, cancellationToken));
        return command;
    }

    private static Command Query()
    {
        var ids = new Option<string[]>("--id") { Description = "An arXiv id; may be repeated.", DefaultValueFactory = _ => [] };
        var categories = Categories();
        var from = Day("--from", "First submitted on this day or later.");
        var until = Day("--until", "First submitted on this day or earlier.");
        var command = new Command("query", "Fetch named papers, or those of categories and days.") { ids, categories, from, until, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, (services, progress) =>
        {
            var query = new ArxivQuery
            {
                Ids = (parse.GetValue(ids) ?? []).Select(ArxivId.Parse).ToList(),
                Categories = parse.GetValue(categories) ?? [],
                From = parse.GetValue(from),
                Until = parse.GetValue(until),
            };
            return services.GetRequiredService<ArxivQueryImport>().RunAsync(query, progress, cancellationToken);
        }, cancellationToken));
        return command;
    }

    private static Command Rss()
    {
        var categories = Categories();
        var edition = new Option<bool>("--edition") { Description = "Make the papers announced as new the edition of that day." };
        var command = new Command("rss", "Fetch today's announcements.") { categories, edition, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => RunAsync(
            parse,
            (services, _) => services.GetRequiredService<ArxivAnnouncements>().RunAsync(parse.GetValue(categories) ?? [], parse.GetValue(edition), cancellationToken),
            cancellationToken));
        return command;
    }

    private static Option<string[]> Categories() => new("--category")
    {
        Description = "A category such as cs.LG; may be repeated.",
        DefaultValueFactory = _ => [],
    };

    private static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "YYYY-MM-DD",
        CustomParser = result => ParseDay(result, name),
    };

    private static DateOnly? ParseDay(ArgumentResult result, string name)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        result.AddError($"{name} is '{text}'; a date that exists was expected, like 2025-08-13.");
        return null;
    }

    private static Task<int> RunAsync(
        ParseResult parse, Func<IServiceProvider, IProgress<SourceProgress>, Task<SourceSummary>> harvest, CancellationToken cancellationToken) =>
        CommandServices.RunAsync(parse, async services =>
        {
            var (summary, elapsed) = await ProgressBar.ShowAsync<(SourceSummary, TimeSpan), SourceProgress>(
                "asking arXiv",
                progress => (progress.Total is { } total and > 0 ? (double)progress.Records / total : double.NaN, $"{progress.Step}: {progress.Records:N0} records"),
                progress => IndexedWork.RunAsync(services, () => harvest(services, progress), cancellationToken));
            return SourceReport.Print(summary, elapsed);
        }, cancellationToken);
}
