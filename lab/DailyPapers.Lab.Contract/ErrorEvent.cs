namespace DailyPapers.Lab.Contract;

/// <summary>The run ended without a result.</summary>
/// <param name="Code">The process's exit code, as in <see cref="RunnerExitCode"/>.</param>
/// <param name="Message">What went wrong and what to do.</param>
public sealed record ErrorEvent(int Code, string Message) : RunEvent;
