using System.CommandLine;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;
using DailyPapers.Lab.Systems;

namespace DailyPapers.Lab.Runner.Commands;

/// <summary><c>run</c>: one reproduction into an output folder.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var slug = new Argument<string>("slug") { Description = "The paper, as 'list' names it." };
        var quick = new Option<bool>("--quick") { Description = "Use the quick budget (the default)." };
        var full = new Option<bool>("--full") { Description = "Use the full budget." };
        var seeds = new Option<int?>("--seeds") { Description = "How many of the declared seeds to run." };
        var set = new Option<string[]>("--set") { Description = "A parameter as name=value; may be repeated.", DefaultValueFactory = _ => [] };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the result, figures and checkpoints.", Required = true };
        var protocol = new Option<string>("--protocol") { Description = "jsonl for programs, text for people.", DefaultValueFactory = _ => "text" };
        protocol.AcceptOnlyFromAmong("jsonl", "text");
        var attached = new Option<bool>("--attached") { Description = "End, as if cancelled, when standard input ends: whoever started the run is gone." };
        var command = new Command("run", "Run one reproduction. A killed run continues when started again with the same --out.")
        {
            slug, quick, full, seeds, set, output, protocol, attached,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (parsed.GetValue(attached))
                CancelWhenInputEnds(stop);
            return Task.FromResult((int)Run(
                parsed.GetRequiredValue(slug), parsed.GetValue(quick), parsed.GetValue(full), parsed.GetValue(seeds),
                parsed.GetRequiredValue(set), parsed.GetRequiredValue(output).FullName,
                parsed.GetValue(protocol) == "jsonl" ? EventWriter.JsonLines : EventWriter.Text, stop.Token));
        });
        return command;
    }

    // A killed parent sends no signal, but its end of the pipe closes.
    private static void CancelWhenInputEnds(CancellationTokenSource stop) => new Thread(() =>
    {
        while (Console.In.Read() >= 0)
        {
        }
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run ended by itself in this moment.
        }
    })
    { IsBackground = true }.Start();

    private static RunnerExitCode Run(
        string slug, bool quick, bool full, int? seeds, string[] set, string output, EventWriter events, CancellationToken cancellationToken)
    {
        try
        {
            if (quick && full)
                throw new FormatException("Choose one of --quick and --full.");
            var reproduction = Catalogue.Find(slug) ?? throw new FormatException(
                $"There is no reproduction '{slug}'. There are: {string.Join(", ", Catalogue.All.Select(known => known.Declaration.Slug))}.");
            var run = new ReproductionRun(
                reproduction, new(full ? RunMode.Full : RunMode.Quick, Overrides(set), seeds, output), TimeProvider.System);
            TorchNativeLibrary.Prepare();
            run.Execute(events.Write, cancellationToken);
            return RunnerExitCode.Ok;
        }
        catch (FormatException exception)
        {
            return events.Fail(RunnerExitCode.Usage, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return events.Fail(RunnerExitCode.Cancelled, "Cancelled. Finished seeds are kept: run it again with the same --out to continue.");
        }
        // Whatever a paper's code throws ends the run, and the caller learns why through the protocol.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Console.Error.WriteLine(exception);
            return events.Fail(RunnerExitCode.Failed, exception.Message);
        }
    }

    private static Dictionary<string, string> Overrides(string[] set)
    {
        var overrides = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assignment in set)
        {
            if (assignment.Split('=', 2) is not [{ Length: > 0 } name, var value])
                throw new FormatException($"--set takes name=value, not '{assignment}'.");
            if (!overrides.TryAdd(name, value))
                throw new FormatException($"--set gives parameter '{name}' twice.");
        }
        return overrides;
    }
}
