namespace DailyPapers.Reproductions.Runner;

/// <summary>The lab's runner could not do what was asked; the message says why.</summary>
public sealed class LabRunnerException(string message, int exitCode = 1) : Exception(message)
{
    /// <summary>The runner's exit code.</summary>
    public int ExitCode { get; } = exitCode;
}
