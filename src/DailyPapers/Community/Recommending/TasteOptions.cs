namespace DailyPapers.Community.Recommending;

/// <summary>The constants of the model; docs/library.md says how they were chosen.</summary>
/// <param name="Regularization">λ: how strongly weights are drawn to zero.</param>
/// <param name="TermScale">How much terms count beside meaning.</param>
internal sealed record TasteOptions(float Regularization = 0.003f, float TermScale = 0.5f)
{
    public static TasteOptions Default { get; } = new();
}
