using System.Diagnostics;
using DailyPapers.Lab.Contract;
using DailyPapers.TestSupport;

namespace DailyPapers.Lab.Runner.Tests;

/// <summary>The program as its callers see it: arguments, standard output, exit codes, signals.</summary>
public sealed class RunnerProcessTests : IDisposable
{
    private static readonly string[] _small = ["--set", "n=20", "--set", "p=100", "--set", "m=10", "--set", "steps=4", "--set", "testPoints=100"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("papers-runner-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task List_prints_the_declarations_as_json()
    {
        var (code, output, _) = await Run("list", "--json");
        Assert.Equal((int)RunnerExitCode.Ok, code);
        Assert.Contains(LabJson.ReadDeclarations(output), declaration => declaration.Slug == "benign-overfitting-xor");
    }

    [Fact]
    public async Task A_small_run_multiplies_matrices_and_speaks_the_protocol()
    {
        var (code, output, error) = await Run(["run", "benign-overfitting-xor", "--seeds", "2", .. _small, "--out", _folder.FullName, "--protocol", "jsonl"]);
        Assert.True(code == (int)RunnerExitCode.Ok, error);
        var events = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => LabJson.TryReadEvent(line, out var runEvent) ? runEvent : throw new InvalidDataException(line)).ToList();
        var result = Assert.IsType<ResultEvent>(events[^1]).Result;
        Assert.Equal([101, 102], result.Seeds);
        Assert.Equal(100, result.Parameters["p"].Number);
        Assert.All(result.Figures, figure => Assert.True(File.Exists(Path.Combine(_folder.FullName, figure.File))));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "result.quick.json")));
    }

    [Theory]
    [InlineData("no-such-paper", "n=20", "There are: ")]
    [InlineData("benign-overfitting-xor", "n=5", "a whole number from 20 to 1000")]
    [InlineData("benign-overfitting-xor", "q=5", "has no parameter 'q'")]
    [InlineData("benign-overfitting-xor", "n", "name=value")]
    public async Task A_wrong_command_line_is_explained(string slug, string assignment, string explanation)
    {
        var (code, output, _) = await Run("run", slug, "--set", assignment, "--out", _folder.FullName, "--protocol", "jsonl");
        Assert.Equal((int)RunnerExitCode.Usage, code);
        Assert.True(LabJson.TryReadEvent(output.Trim(), out var runEvent));
        Assert.Contains(explanation, Assert.IsType<ErrorEvent>(runEvent).Message, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Theory]
    [InlineData("run", "benign-overfitting-xor")]
    [InlineData("verify")]
    [InlineData("dance")]
    public async Task An_incomplete_command_line_is_a_usage_error(params string[] arguments)
    {
        var (code, _, _) = await Run(arguments);
        Assert.Equal((int)RunnerExitCode.Usage, code);
    }

    [Fact]
    public async Task A_published_result_comes_out_again()
    {
        var (code, output, error) = await Run("verify", "attention-svm", "--quick", "--work", _folder.FullName);
        Assert.True(code == (int)RunnerExitCode.Ok, $"{output}\n{error}");
    }

    [Fact]
    public async Task A_termination_signal_cancels_the_run_cleanly()
    {
        OptionalComponent.Require(!OperatingSystem.IsWindows(), "Unix signals");
        using var process = Start(["run", "benign-overfitting-xor", "--set", "p=2000", "--set", "steps=1000", "--out", _folder.FullName, "--protocol", "jsonl"]);
        // The first step's line shows that the run is under way.
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.Contains("step 1 of", StringComparison.Ordinal))
                break;
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((int)RunnerExitCode.Cancelled, process.ExitCode);
        Assert.True(LabJson.TryReadEvent(rest.Trim().Split('\n')[^1], out var last));
        Assert.Equal((int)RunnerExitCode.Cancelled, Assert.IsType<ErrorEvent>(last).Code);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "result.quick.json")));
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }

    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "DailyPapers.Lab.Runner.dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
