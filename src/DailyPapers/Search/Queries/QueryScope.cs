namespace DailyPapers.Search.Queries;

/// <summary>The part of a paper that words are looked for in.</summary>
internal enum QueryScope
{
    Anywhere,
    Title,
    Authors,
    Abstract,
    Keywords,
    Venue,
}
