using System.CommandLine;
using DailyPapers.Embedding.Onnx;
using DailyPapers.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Cli;

/// <summary>The product's services for one command on a data directory.</summary>
internal static class CommandServices
{
    /// <summary>Prepares the data directory as the service would and runs <paramref name="action"/> with the services.</summary>
    public static Task<int> RunAsync(ParseResult parse, Func<IServiceProvider, Task<int>> action, CancellationToken cancellationToken) =>
        Failure.GuardAsync(async () =>
        {
            var directory = CommonOptions.DirectoryOf(parse);
            var configuration = new ConfigurationBuilder().AddPapersSettings(directory, []).Build();
            var services = new ServiceCollection();
            services.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Error));
            services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            services.AddDailyPapers(directory, configuration);
            services.AddOnnxEmbedding();
            await using var provider = services.BuildServiceProvider();
            await PapersService.PrepareAsync(provider, cancellationToken);
            await using var scope = provider.CreateAsyncScope();
            return await action(scope.ServiceProvider);
        });
}
