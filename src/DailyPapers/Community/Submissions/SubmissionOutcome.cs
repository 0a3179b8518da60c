namespace DailyPapers.Community.Submissions;

/// <summary>What came of an attempt to submit.</summary>
public enum SubmissionOutcome
{
    /// <summary>The paper waits for a curator.</summary>
    Queued,

    /// <summary>What was typed in waits for a curator.</summary>
    Proposed,

    /// <summary>The paper is in today's edition.</summary>
    InEdition,

    /// <summary>It was in an edition already.</summary>
    AlreadyInEdition,

    /// <summary>Somebody submitted it before.</summary>
    AlreadySubmitted,

    /// <summary>What was pasted names no paper.</summary>
    NotUnderstood,

    /// <summary>arXiv has no such paper.</summary>
    Unknown,

    /// <summary>What the identifier stands for could not be fetched; it can be typed in.</summary>
    NeedsTyping,

    /// <summary>Something typed in cannot be stored.</summary>
    Invalid,

    /// <summary>The day's submissions are used up.</summary>
    LimitReached,
}
