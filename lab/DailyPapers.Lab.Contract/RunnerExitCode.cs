namespace DailyPapers.Lab.Contract;

/// <summary>Exit codes of the runner process.</summary>
public enum RunnerExitCode
{
    /// <summary>The run finished (whatever its verdict), or every verified result agreed.</summary>
    Ok = 0,

    /// <summary>The run failed: an exception, or its time limit passed.</summary>
    Failed = 1,

    /// <summary>The command line is wrong: unknown paper, parameter out of range.</summary>
    Usage = 2,

    /// <summary>A verified result differs from the committed one.</summary>
    VerifyMismatch = 3,

    /// <summary>Ctrl+C or SIGTERM; finished seeds are kept for the next run.</summary>
    Cancelled = 130,
}
