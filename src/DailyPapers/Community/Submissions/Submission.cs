namespace DailyPapers.Community.Submissions;

/// <summary>Somebody's proposal of a paper for an edition, here or at the source it was imported from.</summary>
public sealed class Submission
{
    /// <summary>The name stored for somebody who has left.</summary>
    internal const string FormerMember = "a former member";

    /// <summary>The origin of submissions made on this site.</summary>
    public const string Here = "here";

    /// <summary>The longest note or reason, in characters.</summary>
    public const int LongestNote = 500;

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

    /// <summary>What became of it.</summary>
    public SubmissionState State { get; set; }

    /// <summary>What the submitter wrote to the curators.</summary>
    public string? Note { get; set; }

    /// <summary>Why it was declined.</summary>
    public string? Reason { get; set; }

    /// <summary>A submitter's stored name as it is shown.</summary>
    public static string NameOf(string stored) => stored == FormerMember ? T["a former member"] : stored;
}
