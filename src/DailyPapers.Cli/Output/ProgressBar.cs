using Spectre.Console;

namespace DailyPapers.Cli.Output;

/// <summary>A bar for long work on a terminal; nothing where stderr goes to a file.</summary>
internal static class ProgressBar
{
    /// <summary>Runs <paramref name="work"/>; what it reports moves the bar by <paramref name="read"/>.</summary>
    public static async Task<T> ShowAsync<T, TReport>(string title, Func<TReport, (double Fraction, string Text)> read, Func<IProgress<TReport>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
            return await work(new Ignored<TReport>());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bar<TReport>(context.AddTask(Markup.Escape(title), maxValue: 1), read)));
    }

    private sealed class Bar<TReport>(ProgressTask bar, Func<TReport, (double Fraction, string Text)> read) : IProgress<TReport>
    {
        public void Report(TReport value)
        {
            var (fraction, text) = read(value);
            bar.IsIndeterminate = double.IsNaN(fraction);
            if (!bar.IsIndeterminate)
                bar.Value = fraction;
            bar.Description = Markup.Escape(text);
        }
    }

    private sealed class Ignored<TReport> : IProgress<TReport>
    {
        public void Report(TReport value)
        {
        }
    }
}
