namespace DailyPapers.Tests.Digests;

/// <summary>What the peer does instead of going on: answer <paramref name="Reply"/>, hang up, or stay silent.</summary>
/// <param name="Reply">An answer to give, or null to give none.</param>
/// <param name="Delivers">After DATA: whether the mail counts as received nevertheless.</param>
/// <param name="HangsUp">Whether the connection is closed.</param>
internal sealed record SmtpFault(string? Reply, bool Delivers = false, bool HangsUp = false)
{
    public static SmtpFault Drop { get; } = new(null, HangsUp: true);

    public static SmtpFault DropAfterAccepting { get; } = new(null, Delivers: true, HangsUp: true);

    /// <summary>Keeps the connection open and says nothing more.</summary>
    public static SmtpFault Silence { get; } = new(Reply: null);

    public static SmtpFault Answer(string reply) => new(reply);

    public static SmtpFault Closing(string reply) => new(reply, HangsUp: true);
}
