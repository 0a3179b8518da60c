using System.CommandLine;
using System.Globalization;
using DailyPapers.Cli.Output;
using DailyPapers.Editions;
using DailyPapers.Papers;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers edition</c>.</summary>
internal static class EditionCommand
{
    public static Command Build() => new("edition", "Read an edition, or decide which papers it has.") { Show(), Set() };

    private static Command Show()
    {
        var name = new Argument<string?>("period") { Description = "2025-08-13, 2025-W33 or 2025-08; the newest edition by default.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("show", "List the papers of a day, week or month.") { name, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var editions = services.GetRequiredService<EditionReader>();
            if (await PeriodOfAsync(parse.GetValue(name), editions, cancellationToken) is not { } period)
            {
                await Console.Error.WriteLineAsync("papers: expected a period that exists, like 2025-08-13, 2025-W33 or 2025-08.");
                return ExitCode.Usage;
            }
            var view = await editions.ReadAsync(period, cancellationToken);
            if (view.Papers.Count == 0)
            {
                await Console.Error.WriteLineAsync($"papers: there is no edition in {period.Name}.");
                return ExitCode.NotFound;
            }
            var number = 0;
            foreach (var listed in view.Papers)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{++number,3}  {listed.Paper.Key,-24} {listed.Paper.Upvotes,4} ▲  {PlainText.Of(listed.Paper.Title)}"));
            }
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Set()
    {
        var date = new Argument<string>("date") { Description = "The day, like 2025-08-13, or today." };
        var ids = new Argument<string[]>("ids") { Description = "The papers in their order: arXiv ids or keys.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("set", "Make an edition consist of these papers in this order.") { date, ids, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var name = parse.GetRequiredValue(date);
            if (name == "today")
                name = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetLocalNow().Date).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (!Period.TryParseDay(name, out var day))
            {
                await Console.Error.WriteLineAsync($"papers: date '{name}' does not exist; expected one like 2025-08-13.");
                return ExitCode.Usage;
            }
            var papers = new List<long>();
            foreach (var id in parse.GetRequiredValue(ids))
            {
                if (await services.GetRequiredService<PaperReader>().FindAsync(id, cancellationToken) is not { } paper)
                {
                    await Console.Error.WriteLineAsync($"papers: there is no paper '{id}' in this feed; the edition is as it was.");
                    return ExitCode.NotFound;
                }
                papers.Add(paper.Id);
            }
            await services.GetRequiredService<EditionWriter>().ReplaceAsync(day.First, papers, cancellationToken);
            Console.WriteLine($"The edition of {day.Name} has {papers.Distinct().Count()} papers.");
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static async Task<Period?> PeriodOfAsync(string? name, EditionReader editions, CancellationToken cancellationToken)
    {
        if (name is null)
            return await editions.NewestDateAsync(cancellationToken) is { } newest ? Period.Day(newest) : null;
        return Period.TryParseDay(name, out var period) || Period.TryParseWeek(name, out period) || Period.TryParseMonth(name, out period) ? period : null;
    }
}
