namespace DailyPapers.Cli.Output;

/// <summary>An account as <c>--json</c> prints it.</summary>
internal sealed record AccountDocument(
    string Email, string Name, string Role, DateTimeOffset CreatedAt, string Trust, bool IsConfirmed, bool HasSecondStep, DateTimeOffset? BannedUntil);
