namespace DailyPapers.Sources.HuggingFace;

/// <summary>The section <c>Sources:HuggingFace</c> of the settings.</summary>
public sealed record HuggingFaceOptions
{
    /// <summary>The service whose <c>/api/daily_papers</c> is read; another server of that API may stand here.</summary>
    public Uri Url { get; init; } = new("https://huggingface.co");

    /// <summary>An access token, sent as a bearer token; none unless set.</summary>
    public string? Token { get; init; }
}
