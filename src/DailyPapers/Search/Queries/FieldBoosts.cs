namespace DailyPapers.Search.Queries;

/// <summary>What a match in each field is worth, beside a match in the abstract.</summary>
/// <remarks>
/// The title's worth was chosen by <c>bench/DailyPapers.Bench search</c>, which looks for known papers by pieces of their title,
/// abstract and authors: of 2, 3 and 5, the mean reciprocal rank over 500 papers of 65,492 was 0.814, 0.829, 0.838 for three title
/// words, and 0.855, 0.853, 0.852 for five abstract words. The other values follow from how few and how telling a field's words are.
/// </remarks>
internal sealed record FieldBoosts
{
    public float Title { get; init; } = 5f;

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
