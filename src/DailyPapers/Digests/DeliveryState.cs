namespace DailyPapers.Digests;

/// <summary>How far a digest's delivery is.</summary>
public enum DeliveryState
{
    /// <summary>To be sent.</summary>
    Queued,

    /// <summary>Handed to the mail server, which has not answered yet. Found after a crash it becomes <see cref="Uncertain"/>.</summary>
    Sending,

    /// <summary>Accepted by the mail server or written to the outbox.</summary>
    Sent,

    /// <summary>Refused for good.</summary>
    Failed,

    /// <summary>The process died between handing the mail over and hearing the answer: never sent again by itself, shown to the administrator.</summary>
    Uncertain,
}
