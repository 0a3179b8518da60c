using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace DailyPapers.EndToEnd.Tests;

/// <summary>The real command in a process of its own, which a test may kill.</summary>
internal sealed class PapersProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;

    private PapersProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>What it printed so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static PapersProcess Start(string dataDirectory, IReadOnlyDictionary<string, string?>? settings, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Metadata("PapersCommand"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["PAPERS_DATA"] = dataDirectory;
        start.Environment["PAPERS_LAB_RUNNER"] = Metadata("LabRunner");
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            start.Environment["PAPERS_" + name.Replace(":", "__", StringComparison.Ordinal)] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new PapersProcess(process);
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string dataDirectory, IReadOnlyDictionary<string, string?>? settings, params IEnumerable<string> arguments)
    {
        await using var papers = Start(dataDirectory, settings, arguments);
        return (await papers.WaitAsync(), papers.Output);
    }

    /// <summary>Starts the service on a free port and waits until it answers.</summary>
    public static async Task<(PapersProcess Process, Uri Url)> ServeAsync(string dataDirectory, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var papers = Start(dataDirectory, settings, "serve", "--urls", "http://127.0.0.1:0");
        const string Said = "Now listening on: ";
        var url = await Eventually.Async(() => Task.FromResult(
            papers.HasExited
                ? throw new InvalidOperationException("The service ended: " + papers.Output)
                : papers.Output.Split('\n').FirstOrDefault(line => line.Contains(Said, StringComparison.Ordinal))?.Split(Said)[1].Trim()));
        return (papers, new Uri(url));
    }

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>Ends the process at once, as a crash or a power failure would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
                _output.AppendLine(line);
        }
    }

    private static string Metadata(string key) =>
        typeof(PapersProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
