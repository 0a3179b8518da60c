namespace DailyPapers.Community.Submissions;

/// <summary>
/// A paper that a reader describes by hand. It becomes a paper of the feed only when a curator takes it: until then nobody
/// else sees what was typed.
/// </summary>
public sealed class Proposal
{
    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>Who proposes it.</summary>
    public long AccountId { get; set; }

    /// <summary>The name shown as the submitter's.</summary>
    public required string SubmitterName { get; set; }

    /// <summary>The title.</summary>
    public required string Title { get; set; }

    /// <summary>The authors, one a line.</summary>
    public required string Authors { get; set; }

    /// <summary>The abstract.</summary>
    public string? Abstract { get; set; }

    /// <summary>The arXiv identifier, when one was given.</summary>
    public string? ArxivId { get; set; }

    /// <summary>The DOI, when one was given.</summary>
    public string? Doi { get; set; }

    /// <summary>Where the paper can be read.</summary>
    public string? Url { get; set; }

    /// <summary>What the submitter wrote to the curators.</summary>
    public string? Note { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset SubmittedAt { get; set; }

    /// <summary>What became of it.</summary>
    public SubmissionState State { get; set; }

    /// <summary>The paper it became.</summary>
    public long? PaperId { get; set; }

    /// <summary>Why it was declined.</summary>
    public string? Reason { get; set; }
}
