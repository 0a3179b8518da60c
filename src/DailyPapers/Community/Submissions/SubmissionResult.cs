using DailyPapers.Papers;

namespace DailyPapers.Community.Submissions;

/// <summary>What came of an attempt to submit, and what to tell the person.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Message">For the person: what happened and what to do.</param>
/// <param name="Paper">The paper, where it is known.</param>
public sealed record SubmissionResult(SubmissionOutcome Outcome, string Message, Paper? Paper = null)
{
    /// <summary>Whether something was submitted.</summary>
    public bool IsSubmitted => Outcome is SubmissionOutcome.Queued or SubmissionOutcome.Proposed or SubmissionOutcome.InEdition;
}
