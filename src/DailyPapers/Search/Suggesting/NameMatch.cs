namespace DailyPapers.Search.Suggesting;

/// <summary>A name that matches what was typed.</summary>
/// <param name="Name">Its number in the table.</param>
/// <param name="Rank">How it matches; the lower the better.</param>
/// <param name="Weight">What decides between names that match equally well; no two names of a table have the same.</param>
internal readonly record struct NameMatch(int Name, int Rank, long Weight) : IComparable<NameMatch>
{
    public int CompareTo(NameMatch other) => Rank != other.Rank ? Rank.CompareTo(other.Rank) : other.Weight.CompareTo(Weight);
}
