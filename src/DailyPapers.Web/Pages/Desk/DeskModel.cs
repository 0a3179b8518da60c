using DailyPapers.Community.Submissions;
using DailyPapers.Editions.Drafting;

namespace DailyPapers.Web.Pages.Desk;

/// <summary>What the desk shows.</summary>
/// <param name="Draft">The day's draft.</param>
/// <param name="Filter">Which candidates are asked for.</param>
/// <param name="Candidates">A page of them, the best first.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Page">The page's number, from 1.</param>
/// <param name="Proposals">What readers typed in and waits.</param>
/// <param name="Problem">Why the last action was not done.</param>
public sealed record DeskModel(
    DraftView Draft, CandidateFilter Filter, IReadOnlyList<EditionCandidate> Candidates, int Total, int Page, IReadOnlyList<Proposal> Proposals, string? Problem);
