using DailyPapers.Lab.Contract;
using DailyPapers.Reproductions.Runner;
using DailyPapers.Search.Embedding;
using DailyPapers.Sources;
using DailyPapers.Storage;
using Microsoft.Extensions.Options;

namespace DailyPapers.Cli;

/// <summary>Turns what can go wrong into one line on stderr and an exit code.</summary>
internal static class Failure
{
    public static async Task<int> GuardAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("papers: interrupted");
            return ExitCode.Cancelled;
        }
        catch (LabRunnerException exception)
        {
            await Console.Error.WriteLineAsync($"papers: {exception.Message}");
            return exception.ExitCode == (int)RunnerExitCode.Usage ? ExitCode.Usage : ExitCode.Failed;
        }
        catch (Exception exception) when (exception is DataDirectoryException or BackupException or SourceException or EmbeddingException or FormatException or OptionsValidationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"papers: {exception.Message}");
            return ExitCode.Failed;
        }
        catch (Exception exception) when (Environment.GetEnvironmentVariable("PAPERS_DEBUG") != "1")
        {
            await Console.Error.WriteLineAsync($"papers: this should not have happened: {exception.GetType().Name}: {exception.Message} Set PAPERS_DEBUG=1 for the details a bug report needs.");
            return ExitCode.Failed;
        }
    }
}
