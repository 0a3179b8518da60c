namespace DailyPapers.Community.Reading;

/// <summary>Why a paper was not put on a reading list.</summary>
public enum ReadingProblem
{
    /// <summary>There is no such paper.</summary>
    NoSuchPaper,

    /// <summary>The list has <see cref="ReadingList.MostPerAccount"/> papers already.</summary>
    ListIsFull,
}
