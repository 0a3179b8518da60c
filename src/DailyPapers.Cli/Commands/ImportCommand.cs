using System.CommandLine;
using System.Globalization;
using DailyPapers.Cli.Output;
using DailyPapers.Editions;
using DailyPapers.Sources;
using DailyPapers.Sources.HuggingFace;
using DailyPapers.Sources.Jsonl;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers import</c>.</summary>
internal static class ImportCommand
{
    public static Command Build()
    {
        var file = new Argument<string?>("file") { Description = "A file with a JSON object a line, plain or gzipped.", Arity = ArgumentArity.ZeroOrOne };
        var rejects = new Option<string?>("--rejects") { Description = "Where to write the lines that were not imported, and why.", HelpName = "FILE" };
        var huggingFace = new Option<string?>("--hugging-face") { Description = "Import the daily list of a day, week or month, such as 2025-08-13, from Hugging Face.", HelpName = "PERIOD" };
        var command = new Command("import", "Bring papers in from a file, or a daily list from Hugging Face. An interrupted import goes on when run again.")
        {
            file, rejects, huggingFace, CommonOptions.Data,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(file) is null == result.GetValue(huggingFace) is null)
                result.AddError("Name a file, or a period with --hugging-face.");
        });
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(
            parse,
            services => parse.GetValue(file) is { } path
                ? FromFileAsync(services, path, parse.GetValue(rejects), cancellationToken)
                : FromHuggingFaceAsync(services, parse.GetRequiredValue(huggingFace)!, cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<int> FromFileAsync(IServiceProvider services, string path, string? rejects, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            await Console.Error.WriteLineAsync($"papers: there is no file '{path}'.");
            return ExitCode.NotFound;
        }
        var (summary, elapsed) = await ProgressBar.ShowAsync<(SourceSummary, TimeSpan), ImportProgress>(
            "importing",
            progress => ((double)progress.BytesRead / Math.Max(progress.TotalBytes, 1), string.Create(
                CultureInfo.InvariantCulture, $"{progress.Lines:N0} lines, {progress.RecordsPerSecond:N0}/s, {progress.Rejected:N0} rejected")),
            progress => IndexedWork.RunAsync(
                services,
                () => services.GetRequiredService<JsonlImport>().RunAsync(path, new JsonlImportOptions { RejectsPath = rejects }, progress, cancellationToken),
                cancellationToken));
        return SourceReport.Print(summary, elapsed, summary.Rejected > 0 ? rejects : null);
    }

    private static async Task<int> FromHuggingFaceAsync(IServiceProvider services, string name, CancellationToken cancellationToken)
    {
        if (!Period.TryParseDay(name, out var period) && !Period.TryParseWeek(name, out period) && !Period.TryParseMonth(name, out period))
        {
            await Console.Error.WriteLineAsync($"papers: --hugging-face is '{name}'; a period that exists was expected, like 2025-08-13, 2025-W33 or 2025-08.");
            return ExitCode.Usage;
        }
        var import = services.GetRequiredService<HuggingFaceImport>();
        var (summary, elapsed) = await IndexedWork.RunAsync(
            services,
            () => period.Kind switch
            {
                PeriodKind.Day => import.RunAsync(period.First, cancellationToken),
                PeriodKind.Week => import.RunWeekAsync(ISOWeek.GetYear(period.First), ISOWeek.GetWeekOfYear(period.First), cancellationToken),
                _ => import.RunMonthAsync(period.First.Year, period.First.Month, cancellationToken),
            },
            cancellationToken);
        return SourceReport.Print(summary, elapsed);
    }
}
