namespace DailyPapers.Lab.Runner.Papers.UnifiedNormalization;

/// <summary>A trained transformer, marked.</summary>
/// <param name="Losses">Training loss of every step, nats.</param>
/// <param name="TestLoss">Nats an image or a token; infinite when training diverged.</param>
/// <param name="Accuracy">In percent; NaN for a language model.</param>
internal sealed record Outcome(double[] Losses, double TestLoss, double Accuracy)
{
    internal double Perplexity => Math.Exp(TestLoss);

    /// <summary>The largest training loss after some steps; infinite when one was not finite.</summary>
    internal double PeakAfter(int step) => Losses.Skip(step).Max(loss => double.IsFinite(loss) ? loss : double.PositiveInfinity);
}
