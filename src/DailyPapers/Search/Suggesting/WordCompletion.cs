namespace DailyPapers.Search.Suggesting;

/// <summary>What the last typed word may become.</summary>
/// <param name="Word">The whole word.</param>
/// <param name="Cost">The edits its beginning needs.</param>
/// <param name="Count">In how many names it follows the other typed words.</param>
internal readonly record struct WordCompletion(string Word, int Cost, int Count) : IComparable<WordCompletion>
{
    public int CompareTo(WordCompletion other) => Cost != other.Cost
        ? Cost.CompareTo(other.Cost)
        : Count != other.Count ? other.Count.CompareTo(Count) : string.CompareOrdinal(Word, other.Word);
}
