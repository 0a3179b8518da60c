namespace DailyPapers.Digests.Delivery;

/// <summary>What an administrator decides about a delivery.</summary>
public enum DeliveryResolution
{
    /// <summary>Send it (again); the Message-ID stays, so that a mailbox that has it already may drop the copy.</summary>
    Resend,

    /// <summary>Leave it.</summary>
    Drop,
}
