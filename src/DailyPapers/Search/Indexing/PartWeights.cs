namespace DailyPapers.Search.Indexing;

/// <summary>
/// How often <see cref="IndexField.Text"/> counts a word of each part of a paper. BM25 over these counts is BM25F (Robertson,
/// Zaragoza and Taylor 2004): a word's frequencies are weighed by field and added before they saturate.
/// </summary>
internal static class PartWeights
{
    public const int Title = 5;
    public const int Keywords = 2;
    public const int Summary = 1;
    public const int Abstract = 1;
    public const int Authors = 3;
    public const int Place = 1;
}
