using static TorchSharp.torch;

namespace DailyPapers.Lab.Training;

/// <summary>Gradient clipping for networks that are trained side by side: each member has its own norm.</summary>
public static class MemberClipping
{
    /// <summary>Scales each member's whole gradient down to the norm where it exceeds it, in place.</summary>
    /// <param name="gradients">(M, ...) each; together they are the gradients of M networks.</param>
    /// <param name="norm">The largest norm, positive.</param>
    /// <remarks>A gradient with a NaN stays NaN: its network is lost and no other is touched.</remarks>
    public static void ByNorm(IReadOnlyList<Tensor> gradients, double norm)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(norm);
        using var scope = NewDisposeScope();
        Tensor? squares = null;
        foreach (var gradient in gradients)
        {
            var square = gradient.square().flatten(1).sum([1L]);
            squares = squares is null ? square : squares.add_(square);
        }
        var scale = (norm / (squares ?? throw new ArgumentException("There are no gradients to clip.", nameof(gradients))).sqrt()).clamp_max(1);
        foreach (var gradient in gradients)
            gradient.mul_(scale.reshape([-1, .. Enumerable.Repeat(1L, (int)gradient.dim() - 1)]));
    }
}
