using DailyPapers.Lab.Contract;
using Spectre.Console;

namespace DailyPapers.Cli.Output;

/// <summary>Shows a run's progress: a bar on a terminal, a line a stage elsewhere; always on stderr.</summary>
internal static class LabProgress
{
    public static async Task<ReproductionResult> ShowAsync(Func<IProgress<RunEvent>, Task<ReproductionResult>> run)
    {
        if (Console.IsErrorRedirected)
            return await run(new StageLines());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("starting", maxValue: 1);
                return await run(new Bar(bar));
            });
    }

    private sealed class Bar(ProgressTask bar) : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            if (value is not ProgressEvent progress)
                return;
            bar.Value = progress.Fraction;
            bar.Description = Markup.Escape($"{progress.Stage} {progress.Message}");
        }
    }

    private sealed class StageLines : IProgress<RunEvent>
    {
        private string _stage = "";

        public void Report(RunEvent value)
        {
            if (value is not ProgressEvent progress || progress.Stage == _stage)
                return;
            _stage = progress.Stage;
            Console.Error.WriteLine($"{progress.Fraction:P0} {progress.Stage}");
        }
    }
}
