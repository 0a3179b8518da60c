using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Training.FewShot;

/// <summary>
/// First-order MAML of a network in its kernel limit: parameters are never seen, only the function's values on a pool of examples.
/// </summary>
/// <remarks>
/// In the limit gradients ∂f/∂θ do not move, so a step of any loss at any parameters moves the function by −rate · K(·, x) χ: adaptation
/// by its own, and meta-training by that of the adapted queries.
/// </remarks>
public sealed class KernelMaml : IFewShotLearner
{
    private readonly Tensor _kernel; // (N, N)
    private readonly Tensor _values; // (N, o)
    private readonly Tensor _labels; // (o, o)

    /// <summary>Starts at f = 0, or at given values.</summary>
    /// <param name="kernel">K on the pool of examples, (N, N), float64; kept by reference.</param>
    /// <param name="outputs">o, classes of a task.</param>
    /// <param name="values">The function at first, (N, o); zero when null.</param>
    public KernelMaml(Tensor kernel, int outputs, Tensor? values = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 2);
        if (kernel.dim() != 2 || kernel.shape[0] != kernel.shape[1])
            throw new ArgumentException($"Expected a square kernel matrix, but got [{string.Join(", ", kernel.shape)}].", nameof(kernel));
        if (values is not null && (values.dim() != 2 || values.shape[0] != kernel.shape[0] || values.shape[1] != outputs))
            throw new ArgumentException($"Expected values ({kernel.shape[0]}, {outputs}), but got [{string.Join(", ", values.shape)}].", nameof(values));
        _kernel = kernel;
        _values = (values?.clone() ?? zeros(kernel.shape[0], outputs, dtype: float64)).DetachFromDisposeScope();
        _labels = eye(outputs, dtype: float64).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void MetaStep(FewShotTasks tasks, double innerRate, double outerRate, int innerSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outerRate);
        using var scope = NewDisposeScope();
        var logits = Predict(tasks, innerRate, innerSteps);
        using Scalar share = 1.0 / (logits.shape[0] * logits.shape[1]), descent = -outerRate;
        var chi = logits.softmax(2).sub_(_labels).mul_(share).flatten(0, 1); // (T q, o)
        // The kernel is symmetric; its rows lie together in memory.
        _values.add_(_kernel.index_select(0, tasks.Query.flatten()).t().mm(chi), descent);
    }

    /// <inheritdoc/>
    public Tensor Predict(FewShotTasks tasks, double innerRate, int innerSteps)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(innerRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(innerSteps, 1);
        using var scope = NewDisposeScope();
        var (count, ways) = (tasks.Support.shape[0], tasks.Support.shape[1]);
        var columns = tasks.Support.unsqueeze(1); // (T, 1, k)
        var gram = _kernel.index(TensorIndex.Tensor(tasks.Support.unsqueeze(2)), TensorIndex.Tensor(columns)); // (T, k, k)
        var cross = _kernel.index(TensorIndex.Tensor(tasks.Query.unsqueeze(2)), TensorIndex.Tensor(columns)); // (T, q, k)
        var support = _values.index_select(0, tasks.Support.flatten()).view(count, ways, -1); // (T, k, o)
        var moved = zeros_like(support);
        using Scalar share = 1.0 / ways, descent = -innerRate;
        for (var step = 0; step < innerSteps; step++)
            moved.add_((support + gram.bmm(moved)).softmax(2).sub_(_labels).mul_(share), descent);
        return (_values.index_select(0, tasks.Query.flatten()).view(count, ways, -1) + cross.bmm(moved)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _labels.Dispose();
    }
}
