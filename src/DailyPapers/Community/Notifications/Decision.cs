namespace DailyPapers.Community.Notifications;

/// <summary>What a curator decided, or an edition brought about. The names are stored.</summary>
public enum Decision
{
    /// <summary>The person's comment was hidden.</summary>
    CommentHidden,

    /// <summary>A comment the person reported was hidden.</summary>
    ReportedCommentHidden,

    /// <summary>The person's comment was put back.</summary>
    CommentRestored,

    /// <summary>The person's comment was let appear.</summary>
    CommentApproved,

    /// <summary>A comment the person reported stays.</summary>
    ReportedCommentKept,

    /// <summary>The person's ban was ended.</summary>
    BanEnded,

    /// <summary>The person is the author named.</summary>
    AuthorConfirmed,

    /// <summary>The person was not found to be the author named.</summary>
    AuthorNotConfirmed,

    /// <summary>The paper the person submitted is left out.</summary>
    SubmissionLeftOut,

    /// <summary>The paper named, which the person typed in, is left out.</summary>
    ProposalLeftOut,

    /// <summary>The paper named, which the person typed in, became one of the site's.</summary>
    ProposalTaken,

    /// <summary>The paper the person submitted is in the edition of the day named.</summary>
    InEdition,
}
