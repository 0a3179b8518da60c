using static TorchSharp.torch;

namespace DailyPapers.Lab.Training;

/// <summary>Training by an optimizer, a minibatch a step: the loop that all of the lab's trainings share.</summary>
/// <remarks>
/// Tensors made in a step are freed at its end, so that memory stays flat without waiting for finalizers; nothing is read back
/// from libtorch in between. A program that trains should call <see cref="Systems.FreedMemory.Keep"/> at its start. <c>bench/DailyPapers.Lab.Bench training</c> compares a step with one of Python's PyTorch.
/// </remarks>
public static class MinibatchTraining
{
    /// <summary>Takes steps <paramref name="from"/> to <paramref name="until"/> - 1 on shuffled examples.</summary>
    /// <param name="optimizer">Whose parameters are trained.</param>
    /// <param name="batches">Where the examples come from.</param>
    /// <param name="from">The first step, from 0.</param>
    /// <param name="until">The step after the last.</param>
    /// <param name="stepSize">The learning rate at a step.</param>
    /// <param name="loss">The scalar loss of a batch, given its examples' numbers, (size,), int64.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Run(
        optim.Optimizer optimizer, ShuffledBatches batches, int from, int until, Func<int, double> stepSize, Func<Tensor, Tensor> loss,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(loss);
        var indices = new long[batches.Size];
        Run(optimizer, from, until, stepSize, _ =>
        {
            batches.Next(indices);
            return loss(tensor(indices));
        }, cancellation);
    }

    /// <summary>Takes steps <paramref name="from"/> to <paramref name="until"/> - 1 on whatever the loss looks at.</summary>
    /// <param name="optimizer">Whose parameters are trained.</param>
    /// <param name="from">The first step, from 0.</param>
    /// <param name="until">The step after the last.</param>
    /// <param name="stepSize">The learning rate at a step.</param>
    /// <param name="loss">The scalar loss of a step.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Run(
        optim.Optimizer optimizer, int from, int until, Func<int, double> stepSize, Func<int, Tensor> loss, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(stepSize);
        ArgumentNullException.ThrowIfNull(loss);
        for (var step = from; step < until; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = stepSize(step);
            optimizer.zero_grad();
            loss(step).backward();
            optimizer.step();
        }
    }

    /// <summary>Takes steps of any kind, for optimizers that are not TorchSharp's and for constraints after a step.</summary>
    /// <param name="batches">Where the examples come from.</param>
    /// <param name="from">The first step, from 0.</param>
    /// <param name="until">The step after the last.</param>
    /// <param name="take">Takes the step of this number on the examples of these numbers, (size,), int64.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Run(ShuffledBatches batches, int from, int until, Action<int, Tensor> take, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(take);
        var indices = new long[batches.Size];
        for (var step = from; step < until; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            batches.Next(indices);
            take(step, tensor(indices));
        }
    }
}
