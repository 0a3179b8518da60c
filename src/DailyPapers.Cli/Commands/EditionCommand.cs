using System.CommandLine;
using System.Globalization;
using DailyPapers.Cli.Output;
using DailyPapers.Community.Scoring;
using DailyPapers.Editions;
using DailyPapers.Editions.Drafting;
using DailyPapers.Editions.Publishing;
using DailyPapers.Papers;
using DailyPapers.Search.Semantic;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers edition</c>.</summary>
internal static class EditionCommand
{
    public static Command Build() => new("edition", "Read an edition, or decide which papers it has and when it appears.")
    {
        Show(), Set(), Candidates(), Schedule(), Publish(), Automatic(),
    };

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
        var date = Date();
        var ids = new Argument<string[]>("ids") { Description = "The papers in their order: arXiv ids or keys.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("set", "Make an edition consist of these papers in this order.") { date, ids, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            if (await DayOfAsync(parse.GetRequiredValue(date), services) is not { } day)
                return ExitCode.Usage;
            if (await PapersOfAsync(parse.GetRequiredValue(ids), services, cancellationToken) is not { } papers)
                return ExitCode.NotFound;
            await services.GetRequiredService<EditionWriter>().ReplaceAsync(day, papers, cancellationToken);
            Console.WriteLine($"The edition of {day:yyyy-MM-dd} has {papers.Distinct().Count()} papers.");
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Candidates()
    {
        var limit = new Option<int>("--limit") { Description = "How many to list.", DefaultValueFactory = _ => 20 };
        var days = new Option<int?>("--days") { Description = "Papers published in so many days; the setting Editions:CandidateDays by default." };
        var kind = new Option<CandidateKind>("--show") { Description = "All, Submitted, Harvested or Skipped.", DefaultValueFactory = _ => CandidateKind.All };
        var command = new Command("candidates", "List the papers that may go into the next edition, with their scores.") { limit, days, kind, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            await MeasureAsync(services, cancellationToken);
            var date = await services.GetRequiredService<DraftReader>().NextDateAsync(cancellationToken);
            var filter = new CandidateFilter { Days = parse.GetValue(days), Kind = parse.GetValue(kind) };
            var (candidates, total) = await services.GetRequiredService<EditionCandidates>().ReadAsync(date, filter, 0, Math.Clamp(parse.GetValue(limit), 1, 500), cancellationToken);
            foreach (var candidate in candidates)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{candidate.Score.Total,6:0.00}  {candidate.Paper.Key,-24} {PlainText.Of(candidate.Paper.Title)}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{candidates.Count} of {total} candidates for {date:yyyy-MM-dd}."));
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Schedule()
    {
        var date = Date();
        var ids = new Argument<string[]>("ids") { Description = "The papers in their order: arXiv ids or keys; the draft as it is when left out.", Arity = ArgumentArity.ZeroOrMore };
        var off = new Option<bool>("--off") { Description = "Take the schedule back." };
        var command = new Command("schedule", "Let a day's draft become its edition at the site's time of publishing.") { date, ids, off, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var drafts = services.GetRequiredService<EditionDrafts>();
            if (await DayOfAsync(parse.GetRequiredValue(date), services) is not { } day)
                return ExitCode.Usage;
            if (parse.GetValue(off))
            {
                var wasScheduled = await drafts.UnscheduleAsync(null, day, cancellationToken);
                Console.WriteLine(wasScheduled ? $"The edition of {day:yyyy-MM-dd} is not scheduled any more." : $"The edition of {day:yyyy-MM-dd} was not scheduled.");
                return ExitCode.Ok;
            }
            if (await PapersOfAsync(parse.GetValue(ids) ?? [], services, cancellationToken) is not { } papers)
                return ExitCode.NotFound;
            if (papers.Count > 0)
                await drafts.ReplaceAsync(null, day, papers, cancellationToken);
            if (await drafts.ScheduleAsync(null, day, cancellationToken) is { } problem)
            {
                await Console.Error.WriteLineAsync("papers: the edition was not scheduled. " + problem);
                return ExitCode.Failed;
            }
            var draft = await services.GetRequiredService<DraftReader>().ReadAsync(day, cancellationToken);
            var at = services.GetRequiredService<SiteCalendar>().AtSite(draft.PublishAt);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The edition of {day:yyyy-MM-dd} with {draft.Picks.Count} papers appears at {at:yyyy-MM-dd HH:mm zzz}, while a service runs."));
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Publish()
    {
        var date = Date();
        var command = new Command("publish", "Make a day's draft its edition now.") { date, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            if (await DayOfAsync(parse.GetRequiredValue(date), services) is not { } day)
                return ExitCode.Usage;
            if (await services.GetRequiredService<EditionPublishing>().PublishAsync(null, day, cancellationToken) is not { } count)
            {
                await Console.Error.WriteLineAsync($"papers: there is no draft with papers for {day:yyyy-MM-dd}. Arrange one at the desk, or with: papers edition schedule {day:yyyy-MM-dd} …");
                return ExitCode.NotFound;
            }
            Console.WriteLine($"The edition of {day:yyyy-MM-dd} has {count} papers.");
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Automatic()
    {
        var date = Date();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only list what it would have." };
        var command = new Command("automatic", "Make a day's edition of what is picked for it and the best candidates, where no curator scheduled one.") { date, dryRun, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var automatic = services.GetRequiredService<AutomaticEdition>();
            if (await DayOfAsync(parse.GetRequiredValue(date), services) is not { } day)
                return ExitCode.Usage;
            await MeasureAsync(services, cancellationToken);
            if (!parse.GetValue(dryRun))
            {
                var made = await automatic.MakeAsync(day, cancellationToken);
                Console.WriteLine(made ? $"Made the edition of {day:yyyy-MM-dd}." : $"There is no automatic edition of {day:yyyy-MM-dd}: it has one already, its draft is scheduled, or there are too few papers.");
                return made ? ExitCode.Ok : ExitCode.Failed;
            }
            foreach (var paper in await services.GetRequiredService<PaperReader>().ReadAsync(await automatic.ChooseAsync(day, cancellationToken), cancellationToken))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{paper.Key,-24} {PlainText.Of(paper.Title)}"));
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    // Where no service does it: what new papers say, which novelty and variety go by.
    private static async Task MeasureAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<SemanticIndex>().AdvanceAsync(progress: null, cancellationToken);
        await services.GetRequiredService<NoveltyMeasuring>().RunAsync(cancellationToken);
    }

    private static Argument<string> Date() => new("date") { Description = "The day, like 2025-08-13, or today." };

    private static async Task<DateOnly?> DayOfAsync(string name, IServiceProvider services)
    {
        if (name == "today")
            return services.GetRequiredService<SiteCalendar>().Today;
        if (Period.TryParseDay(name, out var day))
            return day.First;
        await Console.Error.WriteLineAsync($"papers: date '{name}' does not exist; expected one like 2025-08-13.");
        return null;
    }

    private static async Task<List<long>?> PapersOfAsync(IReadOnlyList<string> ids, IServiceProvider services, CancellationToken cancellationToken)
    {
        var papers = new List<long>();
        foreach (var id in ids)
        {
            if (await services.GetRequiredService<PaperReader>().FindAsync(id, cancellationToken) is not { } paper)
            {
                await Console.Error.WriteLineAsync($"papers: there is no paper '{id}' in this feed; the edition is as it was.");
                return null;
            }
            papers.Add(paper.Id);
        }
        return papers;
    }

    private static async Task<Period?> PeriodOfAsync(string? name, EditionReader editions, CancellationToken cancellationToken)
    {
        if (name is null)
            return await editions.NewestDateAsync(cancellationToken) is { } newest ? Period.Day(newest) : null;
        return Period.TryParseDay(name, out var period) || Period.TryParseWeek(name, out period) || Period.TryParseMonth(name, out period) ? period : null;
    }
}
