using static TorchSharp.torch;

namespace DailyPapers.Lab.Training;

/// <summary>Training by an optimizer of TorchSharp, a minibatch a step.</summary>
public static class MinibatchTraining
{
    /// <summary>Takes steps <paramref name="from"/> to <paramref name="until"/> - 1. Tensors made in a step are freed at its end.</summary>
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
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(stepSize);
        ArgumentNullException.ThrowIfNull(loss);
        Run(
            batches, from, until,
            (step, rows) =>
            {
                foreach (var group in optimizer.ParamGroups)
                    group.LearningRate = stepSize(step);
                optimizer.zero_grad();
                loss(rows).backward();
                optimizer.step();
            },
            cancellation);
    }

    /// <summary>The same with steps of any kind, for optimizers that are not TorchSharp's.</summary>
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
