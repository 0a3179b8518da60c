namespace DailyPapers.Search.Queries;

/// <summary>What a match in each field is worth, beside a match in the abstract.</summary>
/// <remarks>Chosen by <c>bench/DailyPapers.Bench search</c>, which looks for known papers by pieces of their title, abstract and authors.</remarks>
internal sealed record FieldBoosts
{
    public float Title { get; init; } = 3f;

    public float Keywords { get; init; } = 2f;

    public float Summary { get; init; } = 1.5f;

    public float Authors { get; init; } = 2f;

    public float Venue { get; init; } = 0.5f;

    public float Abstract { get; init; } = 1f;

    /// <summary>What fields other than the best one add.</summary>
    public float TieBreaker { get; init; } = 0.3f;

    /// <summary>The words of the query close together in the title, beside the words alone.</summary>
    public float TitlePhrase { get; init; } = 2f;

    /// <summary>The words of the query as one author's name.</summary>
    public float NamePhrase { get; init; } = 4f;
}
