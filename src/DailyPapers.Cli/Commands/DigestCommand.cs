using System.CommandLine;
using System.Globalization;
using DailyPapers.Cli.Output;
using DailyPapers.Digests;
using DailyPapers.Digests.Delivery;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Editions;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers digest</c>.</summary>
internal static class DigestCommand
{
    public static Command Build() => new("digest", "Send e-mail digests and see what became of them.") { Send(), List(), Resolve(), Subscribe(), Unsubscribe() };

    private static Command Send()
    {
        var name = new Argument<string?>("period") { Description = "A day like 2025-08-13 or a week like 2025-W33; the newest edition by default.", Arity = ArgumentArity.ZeroOrOne };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say who would get it." };
        var command = new Command("send", "Send the digest of a day or week to whoever subscribed and has not got it.") { name, dryRun, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            if (await PeriodOfAsync(parse.GetValue(name), services, cancellationToken) is not { } period)
            {
                await Console.Error.WriteLineAsync("papers: expected a day or week that exists, like 2025-08-13 or 2025-W33.");
                return ExitCode.Usage;
            }
            var summary = await ProgressBar.ShowAsync<DigestSummary, DigestProgress>(
                "sending",
                progress => (progress.Total == 0 ? 1 : (double)progress.Handled / progress.Total, $"{progress.Handled} of {progress.Total} mails"),
                progress => services.GetRequiredService<DigestSender>().SendAsync(period, new DigestSendOptions { DryRun = parse.GetValue(dryRun) }, progress, cancellationToken));
            return Report(summary, parse.GetValue(dryRun));
        }, cancellationToken));
        return command;
    }

    private static Command List()
    {
        var name = new Argument<string?>("period") { Description = "Only this day or week.", Arity = ArgumentArity.ZeroOrOne };
        var state = new Option<DeliveryState?>("--state") { Description = "Only deliveries in this state, such as Failed or Uncertain." };
        var command = new Command("list", "List deliveries, the last changed first.") { name, state, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var period = parse.GetValue(name) is { } given ? await PeriodOfAsync(given, services, cancellationToken) : null;
            var deliveries = await services.GetRequiredService<DigestSender>().ListAsync(period, parse.GetValue(state), cancellationToken);
            var table = new Table().Border(TableBorder.Simple).AddColumns("No.", "To", "Digest", "State", "Attempts", "Changed", "Answer");
            foreach (var delivery in deliveries)
            {
                table.AddRow(
                    delivery.Id.ToString(CultureInfo.InvariantCulture),
                    Markup.Escape(delivery.Email),
                    delivery.Period,
                    delivery.State.ToString(),
                    delivery.Attempts.ToString(CultureInfo.InvariantCulture),
                    delivery.ChangedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    Markup.Escape(delivery.Error ?? ""));
            }
            AnsiConsole.Write(table);
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Resolve()
    {
        var id = new Argument<long>("number") { Description = "The delivery's number, as 'papers digest list' shows it." };
        var resolution = new Argument<DeliveryResolution>("decision") { Description = "resend or drop." };
        var command = new Command("resolve", "Decide about a delivery that failed, or whose end a crash left uncertain.") { id, resolution, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            if (await services.GetRequiredService<DigestSender>().ResolveAsync(parse.GetRequiredValue(id), parse.GetRequiredValue(resolution), cancellationToken))
            {
                Console.WriteLine(parse.GetRequiredValue(resolution) is DeliveryResolution.Resend ? "It goes out with the next 'papers digest send'." : "Dropped.");
                return ExitCode.Ok;
            }
            await Console.Error.WriteLineAsync("papers: there is no such delivery to decide about. See: papers digest list");
            return ExitCode.NotFound;
        }, cancellationToken));
        return command;
    }

    private static Command Subscribe()
    {
        var email = new Argument<string>("email") { Description = "The address." };
        var frequency = new Option<DigestFrequency>("--frequency") { Description = "daily or weekly.", DefaultValueFactory = _ => DigestFrequency.Daily };
        var command = new Command("subscribe", "Ask an address to confirm the digest, as the page does.") { email, frequency, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var result = await services.GetRequiredService<Subscriptions>().SubscribeAsync(parse.GetRequiredValue(email), parse.GetValue(frequency), cancellationToken);
            if (result.Status is SubscribeStatus.Requested)
            {
                Console.WriteLine("A confirmation mail is on its way; nothing else is sent until it is confirmed.");
                return ExitCode.Ok;
            }
            await Console.Error.WriteLineAsync($"papers: {result.Problem}");
            return ExitCode.Failed;
        }, cancellationToken));
        return command;
    }

    private static Command Unsubscribe()
    {
        var email = new Argument<string>("email") { Description = "The address." };
        var erase = new Option<bool>("--erase") { Description = "Also delete everything stored about the address." };
        var command = new Command("unsubscribe", "End the subscription of an address whose owner asked for it.") { email, erase, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var subscriptions = services.GetRequiredService<Subscriptions>();
            var address = parse.GetRequiredValue(email);
            var done = parse.GetValue(erase)
                ? await subscriptions.EraseAsync(address, cancellationToken)
                : await subscriptions.UnsubscribeAddressAsync(address, cancellationToken);
            if (done)
            {
                Console.WriteLine(parse.GetValue(erase) ? $"Everything about {address} is deleted." : $"{address} gets no more mail.");
                return ExitCode.Ok;
            }
            await Console.Error.WriteLineAsync($"papers: {address} has no subscription.");
            return ExitCode.NotFound;
        }, cancellationToken));
        return command;
    }

    private static int Report(DigestSummary summary, bool dryRun)
    {
        if (summary.Papers == 0)
        {
            Console.Error.WriteLine($"papers: {summary.Period} has no papers; nothing is sent.");
            return ExitCode.NotFound;
        }
        Console.WriteLine(dryRun
            ? $"{summary.Period}: {summary.Papers} papers would go to {summary.Recipients} subscribers."
            : $"{summary.Period}: {summary.SentNow} mails sent now; of {summary.Recipients} in all {summary.Sent} sent, {summary.Waiting} waiting, {summary.InProgress} in progress, {summary.Failed} failed, {summary.Uncertain} uncertain.");
        if (summary.StoppedBecause is not { } reason)
            return ExitCode.Ok;
        Console.Error.WriteLine($"papers: sending stopped: {reason} Run it again to go on.");
        return ExitCode.Failed;
    }

    private static async Task<Period?> PeriodOfAsync(string? name, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (name is null)
            return await services.GetRequiredService<EditionReader>().NewestDateAsync(cancellationToken) is { } newest ? Period.Day(newest) : null;
        return Period.TryParseDay(name, out var period) || Period.TryParseWeek(name, out period) ? period : null;
    }
}
