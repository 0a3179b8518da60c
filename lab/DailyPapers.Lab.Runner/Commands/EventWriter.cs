using System.Globalization;
using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Runner.Commands;

/// <summary>Writes a run's events to standard output: JSON lines for programs, sentences for people.</summary>
internal sealed class EventWriter
{
    private readonly Func<RunEvent, string?> _format;

    private EventWriter(Func<RunEvent, string?> format) => _format = format;

    public static EventWriter JsonLines { get; } = new(LabJson.WriteLine);

    public static EventWriter Text { get; } = new(Sentence);

    public void Write(RunEvent runEvent)
    {
        if (_format(runEvent) is not { } line)
            return;
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    public RunnerExitCode Fail(RunnerExitCode code, string message)
    {
        Write(new ErrorEvent((int)code, message));
        return code;
    }

    private static string? Sentence(RunEvent runEvent) => runEvent switch
    {
        ProgressEvent progress => string.Create(CultureInfo.InvariantCulture, $"{progress.Fraction,6:P1}  {progress.Stage}  {progress.Message}").TrimEnd(),
        MetricEvent metric => string.Create(CultureInfo.InvariantCulture, $"        seed {metric.Seed}: {metric.Metric} = {metric.Value:G6}"),
        FigureEvent figure => $"        drew {figure.Figure.File}: {figure.Figure.Title}",
        ResultEvent result => Summary(result.Result),
        ErrorEvent error => $"error: {error.Message}",
        _ => null,
    };

    public static string Summary(ReproductionResult result)
    {
        var lines = result.Claims.Select(claim => string.Create(
            CultureInfo.InvariantCulture,
            $"  {claim.Verdict,-14} {claim.Claim.Id}: {claim.Claim.Metric} = {claim.Mean:G5} {Ends(claim.Interval)}, wanted {claim.Claim.Criterion}"));
        return string.Join(Environment.NewLine, lines.Prepend($"{result.Slug}: {result.Verdict} ({result.Mode}, {result.Seeds.Count} seeds, {result.DurationSeconds:F1} s)"));
    }

    private static string Ends(Interval? interval) => interval is null
        ? "(no interval)"
        : string.Create(CultureInfo.InvariantCulture, $"[{interval.Lower:G5}, {interval.Upper:G5}]");
}
