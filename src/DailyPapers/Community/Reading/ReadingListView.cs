using DailyPapers.Editions;

namespace DailyPapers.Community.Reading;

/// <summary>One page of a person's reading list.</summary>
/// <param name="State">Which papers: those to read, or those read.</param>
/// <param name="Papers">The papers of the page, the last changed first.</param>
/// <param name="Page">1 for the first page.</param>
/// <param name="Later">How many papers are saved for later.</param>
/// <param name="Read">How many are read.</param>
public sealed record ReadingListView(ReadingState State, IReadOnlyList<ListedPaper> Papers, int Page, int Later, int Read)
{
    /// <summary>Papers on a page.</summary>
    public const int PageSize = 30;

    /// <summary>Whether there is a page after this one.</summary>
    public bool HasNext => (long)Page * PageSize < (State is ReadingState.Later ? Later : Read);
}
