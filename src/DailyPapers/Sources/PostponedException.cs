namespace DailyPapers.Sources;

/// <summary>The source asks for a longer pause than a run should sit through.</summary>
internal sealed class PostponedException(string message, string remedy, DateTimeOffset notBefore) : RefusedResponseException(message, remedy)
{
    public DateTimeOffset NotBefore { get; } = notBefore;
}
