using System.CommandLine;
using System.Globalization;
using DailyPapers.Cli.Output;
using DailyPapers.Sources.Jsonl;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers export</c>.</summary>
internal static class ExportCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("file") { Description = "The file to write, a JSON object a line; gzipped when the name ends in .gz." };
        var command = new Command("export", "Write all papers to a file that 'papers import' and 'papers lab train-embedding' read.") { file, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(
            parse,
            async services =>
            {
                var written = await ProgressBar.ShowAsync<int, (int Written, int Total)>(
                    "exporting",
                    report => ((double)report.Written / Math.Max(report.Total, 1), string.Create(CultureInfo.InvariantCulture, $"{report.Written:N0} papers")),
                    progress => services.GetRequiredService<JsonlExport>().RunAsync(parse.GetRequiredValue(file), progress, cancellationToken));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Wrote {written:N0} papers to {parse.GetRequiredValue(file)}."));
                return ExitCode.Ok;
            },
            cancellationToken));
        return command;
    }
}
