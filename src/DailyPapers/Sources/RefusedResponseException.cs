namespace DailyPapers.Sources;

/// <summary>An answer that asking again will not improve.</summary>
internal class RefusedResponseException(string message, string remedy) : Exception(message)
{
    public string Remedy { get; } = remedy;
}
