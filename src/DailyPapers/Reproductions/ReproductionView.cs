using DailyPapers.Lab.Contract;

namespace DailyPapers.Reproductions;

/// <summary>A kept run.</summary>
/// <param name="RunId">Its identity, for the figures' addresses.</param>
/// <param name="Result">What the lab recorded.</param>
/// <param name="IsShipped">True when it came with the product.</param>
/// <param name="IsStandard">False when a reader chose its parameters: then its verdict is not the paper's.</param>
public sealed record ReproductionView(long RunId, ReproductionResult Result, bool IsShipped, bool IsStandard);
