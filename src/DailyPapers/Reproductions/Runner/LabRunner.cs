using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using DailyPapers.Lab.Contract;

namespace DailyPapers.Reproductions.Runner;

/// <summary>Starts the lab's runner as a child process and listens to it.</summary>
public sealed class LabRunner
{
    private readonly LabRunnerLocation _location;

    private LabRunner(LabRunnerLocation location) => _location = location;

    /// <summary>
    /// Finds the runner; in a source checkout it is built first, which costs a second when nothing changed and downloads
    /// libtorch the first time. <paramref name="say"/> hears what takes long.
    /// </summary>
    /// <exception cref="LabRunnerException">There is no runner, or its build fails.</exception>
    public static async Task<LabRunner> PrepareAsync(Action<string> say, CancellationToken cancellationToken)
    {
        var location = LabRunnerLocation.Find();
        if (location.Project is { } project)
        {
            if (!File.Exists(location.Assembly))
                say("Building the lab's runner; the first time this downloads libtorch (about 200 MB) …");
            await BuildAsync(project, cancellationToken);
        }
        return new LabRunner(location);
    }

    /// <summary>What can be run.</summary>
    public async Task<IReadOnlyList<ReproductionDeclaration>> ListAsync(CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        await RunToEndAsync(["list", "--json"], line => output.AppendLine(line), cancellationToken);
        return LabJson.ReadDeclarations(output.ToString());
    }

    /// <summary>Runs a reproduction into <paramref name="outputFolder"/>, reporting each event, and returns its result.</summary>
    /// <exception cref="LabRunnerException">The run failed or its arguments are wrong.</exception>
    public async Task<ReproductionResult> RunAsync(
        IReadOnlyList<string> arguments, string outputFolder, IProgress<RunEvent> progress, CancellationToken cancellationToken)
    {
        ReproductionResult? result = null;
        ErrorEvent? error = null;
        try
        {
            await RunToEndAsync(
                ["run", .. arguments, "--out", outputFolder, "--protocol", "jsonl", "--attached"],
                line =>
                {
                    if (!LabJson.TryReadEvent(line, out var runEvent))
                        return;
                    result = (runEvent as ResultEvent)?.Result ?? result;
                    error = runEvent as ErrorEvent ?? error;
                    progress.Report(runEvent);
                },
                cancellationToken);
        }
        catch (LabRunnerException exception) when (error is not null)
        {
            throw new LabRunnerException(error.Message, exception.ExitCode);
        }
        return result ?? throw new LabRunnerException("The lab's runner ended without a result.");
    }

    /// <summary>Runs a command of the runner with its output going straight to this process's; returns its exit code.</summary>
    public async Task<int> PassThroughAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = StartInfo(arguments);
        start.RedirectStandardOutput = false;
        start.RedirectStandardInput = false;
        start.RedirectStandardError = false;
        using var process = Start(start);
        await WaitAsync(process, cancellationToken);
        return process.ExitCode;
    }

    private async Task RunToEndAsync(IReadOnlyList<string> arguments, Action<string> onLine, CancellationToken cancellationToken)
    {
        using var process = Start(StartInfo(arguments));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var lines = ReadLinesAsync(process.StandardOutput, onLine);
        await WaitAsync(process, cancellationToken);
        await lines;
        var text = await errors;
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new LabRunnerException(text.Trim() is { Length: > 0 } said ? said : $"The lab's runner ended with exit code {process.ExitCode}.", process.ExitCode);
    }

    private static async Task ReadLinesAsync(StreamReader output, Action<string> onLine)
    {
        while (await output.ReadLineAsync() is { } line)
            onLine(line);
    }

    private static async Task WaitAsync(Process process, CancellationToken cancellationToken)
    {
        // SIGTERM lets the runner keep the seeds it has finished; killing it would not.
        await using var stop = cancellationToken.Register(() => Terminate(process));
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static void Terminate(Process process)
    {
        if (process.HasExited)
            return;
        if (OperatingSystem.IsWindows())
            process.Kill(entireProcessTree: true);
        else
            _ = SendSignal(process.Id, SigTerm);
    }

    private ProcessStartInfo StartInfo(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Never written to: its end tells the runner that this process is gone.
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(_location.Assembly!);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    private static async Task BuildAsync(string project, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["build", project, "--configuration", "Release", "--nologo", "--verbosity", "quiet"])
            start.ArgumentList.Add(argument);
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await WaitAsync(process, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new LabRunnerException($"The lab's runner cannot be built:\n{await output}{await errors}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new LabRunnerException($"'{start.FileName}' could not be started.");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new LabRunnerException($"'{start.FileName}' could not be started: {exception.Message}. Install the .NET 10 runtime or put it on PATH.");
        }
    }

    private const int SigTerm = 15;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
