using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Training.Guidance;

/// <summary>
/// What guidance adds to a task's loss (Subramaniam et al. 2024): Σ over matched layers of 1 − CKA between a target's activations and those of a frozen guide of any other architecture, on the
/// same minibatch.
/// </summary>
/// <remarks>Compute the target's output for the task first; the loss reads what its layers put out on the way.</remarks>
public sealed class GuidanceLoss : IDisposable
{
    private readonly Module<Tensor, Tensor> _guide;
    private readonly ActivationTap _targetTap;
    private readonly ActivationTap _guideTap;
    private readonly bool _tokenwise;

    /// <summary>A loss between two networks.</summary>
    /// <param name="targetLayers">The target's layers, in the order of their depth.</param>
    /// <param name="guide">The guide, trained or not; it runs in evaluation mode, without gradients, and never changes.</param>
    /// <param name="guideLayers">The guide's layers, in the order of their depth.</param>
    /// <param name="tokenwise">Whether activations are (n, tokens, features) and are compared token by token; else all but the first axis are features.</param>
    /// <exception cref="ArgumentException">There are no layers, or the guide shares one with the target.</exception>
    public GuidanceLoss(
        IReadOnlyList<Module<Tensor, Tensor>> targetLayers, Module<Tensor, Tensor> guide, IReadOnlyList<Module<Tensor, Tensor>> guideLayers, bool tokenwise = false)
    {
        ArgumentNullException.ThrowIfNull(targetLayers);
        ArgumentNullException.ThrowIfNull(guide);
        ArgumentNullException.ThrowIfNull(guideLayers);
        if (targetLayers.Intersect(guideLayers).Any())
            throw new ArgumentException("The guide shares layers with the target, whose activations its own pass would replace; give it a copy.", nameof(guideLayers));
        (_guide, _tokenwise) = (guide, tokenwise);
        Pairs = LayerMatching.Even(targetLayers.Count, guideLayers.Count);
        _targetTap = new(targetLayers);
        _guideTap = new(guideLayers);
    }

    /// <summary>The matched layers.</summary>
    public IReadOnlyList<(int Target, int Guide)> Pairs { get; }

    // #region loss
    /// <summary>The loss on the minibatch that the target has just seen, a scalar from 0 to the number of pairs.</summary>
    /// <param name="guideInput">The same examples as the guide takes them.</param>
    public Tensor Value(Tensor guideInput)
    {
        using var scope = NewDisposeScope();
        Tensor? total = null;
        foreach (var alignment in Alignments(guideInput))
            total = total is null ? 1 - alignment : total + (1 - alignment);
        // The last pass's graph must not outlive the step.
        _targetTap.Clear();
        return total!.MoveToOuterDisposeScope();
    }
    // #endregion loss

    /// <summary>CKA of every pair on the minibatch that the target has just seen.</summary>
    /// <param name="guideInput">The same examples as the guide takes them.</param>
    public IReadOnlyList<Tensor> Alignments(Tensor guideInput)
    {
        ArgumentNullException.ThrowIfNull(guideInput);
        using (no_grad())
        {
            _guide.eval();
            _guide.call(guideInput).Dispose();
        }
        Tensor[] alignments = [.. Pairs.Select(pair => _tokenwise
            ? CenteredKernelAlignment.Tokenwise(_targetTap[pair.Target], _guideTap[pair.Guide])
            : CenteredKernelAlignment.Linear(_targetTap[pair.Target], _guideTap[pair.Guide]))];
        _guideTap.Clear();
        return alignments;
    }

    /// <summary>Removes the hooks from both networks.</summary>
    public void Dispose()
    {
        _targetTap.Dispose();
        _guideTap.Dispose();
    }
}
