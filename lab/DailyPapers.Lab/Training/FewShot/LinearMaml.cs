using DailyPapers.Lab.Architectures.InfiniteWidth;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Training.FewShot;

/// <summary>First-order MAML (Finn et al. 2017) of a <see cref="LinearFeatureNet"/> under cross-entropy, all tasks of a step at once.</summary>
/// <remarks>
/// A task changes U only along its support inputs, U' = U + Aᵀ X, so a task's own copy of U is never formed: A has one row of n numbers
/// for each of the few support examples.
/// </remarks>
public sealed class LinearMaml : IFewShotLearner
{
    private readonly LinearFeatureNet _net;
    private readonly Tensor _pool; // (N, d)
    private readonly Tensor _labels; // (ways, ways)

    /// <summary>Takes over a network and keeps the pool of examples.</summary>
    /// <param name="net">The network to meta-train; disposed with this object.</param>
    /// <param name="pool">Examples (N, d), float64; kept by reference.</param>
    public LinearMaml(LinearFeatureNet net, Tensor pool)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(pool);
        if (pool.dim() != 2 || pool.shape[1] != net.Input.shape[1])
            throw new ArgumentException($"Expected examples (N, {net.Input.shape[1]}), but got [{string.Join(", ", pool.shape)}].", nameof(pool));
        (_net, _pool) = (net, pool);
        _labels = eye(net.Output.shape[0], dtype: float64).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Predict(FewShotTasks tasks, double innerRate, int innerSteps)
    {
        using var scope = NewDisposeScope();
        return Adapt(tasks, innerRate, innerSteps).Logits.MoveToOuterDisposeScope();
    }

    // #region meta
    /// <inheritdoc/>
    public void MetaStep(FewShotTasks tasks, double innerRate, double outerRate, int innerSteps)
    {
        using var scope = NewDisposeScope();
        var (queries, hidden, output, logits) = Adapt(tasks, innerRate, innerSteps);
        using Scalar share = 1.0 / (logits.shape[0] * logits.shape[1]);
        var chi = logits.softmax(2).sub_(_labels).mul_(share); // (T, q, o)
        var inputGradient = chi.bmm(output).flatten(0, 1).t().mm(queries.flatten(0, 1)); // (n, d)
        var outputGradient = chi.flatten(0, 1).t().mm(hidden.flatten(0, 1)); // (o, n)
        _net.Descend(inputGradient, outputGradient, outerRate);
    }

    private (Tensor Queries, Tensor Hidden, Tensor Output, Tensor Logits) Adapt(FewShotTasks tasks, double innerRate, int innerSteps)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(innerRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(innerSteps, 1);
        var (count, ways) = (tasks.Support.shape[0], tasks.Support.shape[1]);
        var support = _pool.index_select(0, tasks.Support.flatten()).view(count, ways, -1); // (T, k, d)
        var queries = _pool.index_select(0, tasks.Query.flatten()).view(count, ways, -1); // (T, q, d)
        var gram = support.bmm(support.transpose(1, 2)); // (T, k, k)
        var supportHidden = support.matmul(_net.Input.t()); // (T, k, n)
        var output = _net.Output.unsqueeze(0).repeat(count, 1, 1); // (T, o, n), each task's own W
        var moved = zeros_like(supportHidden); // A, (T, k, n)
        using Scalar readout = _net.Scaling.Readout, share = 1.0 / ways, descent = -innerRate * _net.Scaling.StepScale;
        for (var step = 0; step < innerSteps; step++)
        {
            var now = supportHidden + gram.bmm(moved);
            var chi = now.bmm(output.transpose(1, 2)).mul_(readout).softmax(2).sub_(_labels).mul_(share); // (T, k, o)
            moved.add_(chi.bmm(output), descent);
            output.add_(chi.transpose(1, 2).bmm(now), descent);
        }
        var hidden = queries.matmul(_net.Input.t()) + queries.bmm(support.transpose(1, 2)).bmm(moved); // (T, q, n)
        return (queries, hidden, output, hidden.bmm(output.transpose(1, 2)).mul_(readout));
    }
    // #endregion meta

    /// <inheritdoc/>
    public void Dispose()
    {
        _net.Dispose();
        _labels.Dispose();
    }
}
