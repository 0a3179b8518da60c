namespace DailyPapers.Community.Submissions;

/// <summary>Somebody's proposal of a paper for an edition, here or at the source it was imported from.</summary>
public sealed class Submission
{
    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>The paper.</summary>
    public long PaperId { get; set; }

    /// <summary>The account, when the submitter has one here.</summary>
    public long? AccountId { get; set; }

    /// <summary>The submitter's name as shown.</summary>
    public required string SubmitterName { get; set; }

    /// <summary>Where the paper was submitted: <c>here</c> or <c>huggingface</c>.</summary>
    public required string Origin { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset SubmittedAt { get; set; }
}
