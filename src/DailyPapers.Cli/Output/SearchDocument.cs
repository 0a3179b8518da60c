namespace DailyPapers.Cli.Output;

/// <summary>A search's answer as <c>--json</c> prints it.</summary>
internal sealed record SearchDocument(string Query, int Total, string? Problem, string? DidYouMean, string? SearchedFor, IReadOnlyList<PaperDocument> Papers);
