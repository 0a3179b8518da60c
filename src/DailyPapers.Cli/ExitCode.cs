namespace DailyPapers.Cli;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>All was done.</summary>
    public const int Ok = 0;

    /// <summary>It could not be done; stderr says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong.</summary>
    public const int Usage = 2;

    /// <summary>What was asked for does not exist.</summary>
    public const int NotFound = 3;

    /// <summary>A reproduction's result differs from the one kept, or some records of an import were rejected.</summary>
    public const int Differs = 4;

    /// <summary>Interrupted by Ctrl+C or SIGTERM; running it again goes on.</summary>
    public const int Cancelled = 130;
}
