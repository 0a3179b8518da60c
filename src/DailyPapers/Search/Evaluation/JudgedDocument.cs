namespace DailyPapers.Search.Evaluation;

/// <summary>A document of a judged collection.</summary>
/// <param name="Id">Its name in the judgements.</param>
/// <param name="Title">The title, or empty.</param>
/// <param name="Text">The abstract or body, or empty.</param>
public sealed record JudgedDocument(string Id, string Title, string Text)
{
    /// <summary>The keywords; BEIR has none, our own collections may.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>The authors' names, likewise.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>The year of publication, likewise.</summary>
    public int? Year { get; init; }
}
