using System.Numerics;

namespace DailyPapers.Numerics.Bench;

/// <summary>Standard normal logits, drawn once and repeated: drawing 2^26 of them would take longer than timing them.</summary>
internal static class Logits
{
    internal static void Fill<T>(Span<T> logits)
        where T : IFloatingPointIeee754<T>
    {
        var random = new Random(1);
        var drawn = logits[..Math.Min(logits.Length, 1 << 16)];
        foreach (ref var logit in drawn)
            logit = T.CreateTruncating(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()));
        for (var filled = drawn.Length; filled < logits.Length; filled += drawn.Length)
            drawn[..Math.Min(drawn.Length, logits.Length - filled)].CopyTo(logits[filled..]);
    }
}
