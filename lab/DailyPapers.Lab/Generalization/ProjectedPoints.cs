using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization;

/// <summary>Points as <see cref="SpanDescent"/> sees them.</summary>
/// <param name="Initial">Inner products with the initial weights, (count, m).</param>
/// <param name="Span">Inner products with the training inputs, (count, n).</param>
public sealed record ProjectedPoints(Tensor Initial, Tensor Span) : IDisposable
{
    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Initial.Dispose();
        Span.Dispose();
    }
}
