using System.Numerics.Tensors;

namespace DailyPapers.Lab.Optimization.AttentionSvm;

/// <summary>A step of a given length against the gradient; none where the gradient vanishes.</summary>
internal static class NormalizedStep
{
    internal static void Take(Span<double> weights, ReadOnlySpan<double> gradient, double stepSize)
    {
        var norm = TensorPrimitives.Norm(gradient);
        if (norm > 0)
            TensorPrimitives.MultiplyAdd(gradient, -stepSize / norm, weights, weights);
    }
}
