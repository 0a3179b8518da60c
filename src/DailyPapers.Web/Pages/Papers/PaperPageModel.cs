using DailyPapers.Community.Authorship;
using DailyPapers.Community.Comments;
using DailyPapers.Lab.Contract;
using DailyPapers.Papers;
using DailyPapers.Reproductions;

namespace DailyPapers.Web.Pages.Papers;

/// <summary>What a paper's page shows beside the paper itself.</summary>
public sealed record PaperPageModel(
    Paper Paper,
    IReadOnlyList<DateOnly> EditionDates,
    string? Submitter,
    ReproductionView? Reproduction,
    IReadOnlyList<Paper> Similar,
    CommentList Comments)
{
    /// <summary>What the paper is in the signed-in person's library; null for anonymous visitors.</summary>
    public PaperLibrary? Library { get; init; }

    /// <summary>The authors who have an account here.</summary>
    public IReadOnlyList<ConfirmedAuthor> ConfirmedAuthors { get; init; } = [];

    /// <summary>What may be changed in the paper's reproduction; null when the lab does not have it.</summary>
    public ReproductionDeclaration? Declaration { get; init; }

    /// <summary>Whether the visitor may let the service run it.</summary>
    public bool MayRun { get; init; }
}
