using DailyPapers.Papers;

namespace DailyPapers.Community.Submissions;

/// <summary>A submission as its submitter sees it.</summary>
/// <param name="Id">Its identity, among those of its kind.</param>
/// <param name="IsProposal">Whether it was typed in.</param>
/// <param name="Title">The title.</param>
/// <param name="Paper">The paper, once there is one.</param>
/// <param name="SubmittedAt">When.</param>
/// <param name="State">What became of it.</param>
/// <param name="Edition">The edition it is in.</param>
/// <param name="Reason">Why it was declined.</param>
public sealed record OwnSubmission(
    long Id, bool IsProposal, string Title, Paper? Paper, DateTimeOffset SubmittedAt, SubmissionState State, DateOnly? Edition, string? Reason);
