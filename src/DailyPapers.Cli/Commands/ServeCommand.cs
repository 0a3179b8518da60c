using System.CommandLine;
using DailyPapers.Storage;
using DailyPapers.Web.Hosting;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers serve</c>.</summary>
internal static class ServeCommand
{
    private const string DefaultUrls = "http://localhost:5000";

    public static Command Build()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Addresses to listen on, separated by semicolons.",
            DefaultValueFactory = _ => DefaultUrls,
        };
        var command = new Command("serve", "Start the web service, with the starter collection loaded.") { urls, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => Failure.GuardAsync(async () =>
        {
            var directory = CommonOptions.DirectoryOf(parse);
            using var alone = ServiceLock.Take(directory);
            await using var app = PapersService.Build(directory, [new("Urls", parse.GetValue(urls))]);
            await PapersService.RunAsync(app, cancellationToken);
            return ExitCode.Ok;
        }));
        return command;
    }
}
