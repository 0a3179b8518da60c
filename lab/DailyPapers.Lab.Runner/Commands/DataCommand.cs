using System.CommandLine;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;

namespace DailyPapers.Lab.Runner.Commands;

/// <summary><c>data</c>: fetches the data sets that do not come with the product.</summary>
internal static class DataCommand
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "Where the files are offered; the authors' server by default.", DefaultValueFactory = _ => FashionMnist.Origin.ToString() };
        var to = new Option<DirectoryInfo?>("--to") { Description = $"Where they go; by default a folder of your user, where they are found. Elsewhere set {FashionMnist.FolderVariable}." };
        var command = new Command("data", "Fetch Fashion-MNIST (30 MB), which some papers' claims need, and check it by SHA-256.") { from, to };
        command.SetAction(async (parsed, cancellation) =>
        {
            var address = parsed.GetRequiredValue(from);
            if (!Uri.TryCreate(address.EndsWith('/') ? address : address + "/", UriKind.Absolute, out var origin) || origin.Scheme is not ("http" or "https"))
                return (int)EventWriter.Text.Fail(RunnerExitCode.Usage, $"--from is '{address}'; expected the address of a folder, such as {FashionMnist.Origin}");
            var folder = parsed.GetValue(to)?.FullName ?? FashionMnist.Requirement.DownloadFolder!;
            try
            {
                using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
                await new ChecksummedDownload(http, FashionMnist.Contents).FetchAsync(origin, folder, new Lines(), cancellation);
                Console.WriteLine($"Fashion-MNIST is in {folder}.");
                return (int)RunnerExitCode.Ok;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return (int)EventWriter.Text.Fail(RunnerExitCode.Cancelled, "cancelled; run it again to go on");
            }
            catch (Exception failure) when (failure is HttpRequestException or InvalidDataException or IOException or UnauthorizedAccessException or OperationCanceledException)
            {
                return (int)EventWriter.Text.Fail(RunnerExitCode.Failed, failure.Message);
            }
        });
        return command;
    }

    private sealed class Lines : IProgress<string>
    {
        public void Report(string value) => Console.WriteLine(value);
    }
}
