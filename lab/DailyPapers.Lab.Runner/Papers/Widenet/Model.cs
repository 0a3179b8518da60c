using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.WideNet;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.Widenet;

/// <summary>Training and marking that are the same for every arm and task.</summary>
internal static class Model
{
    /// <summary>Trains a model and marks it.</summary>
    /// <param name="model">At its initial weights; freed here.</param>
    /// <param name="balance">λ.</param>
    /// <param name="depth">How often experts are used in a pass.</param>
    /// <param name="examples">Number of training examples.</param>
    /// <param name="batch">Examples a step.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="stepSize">The largest step size.</param>
    /// <param name="loss">The task's loss of a batch.</param>
    /// <param name="markTrain">The loss on training data, in evaluation mode.</param>
    /// <param name="markTest">Loss and accuracy on test data; whose choices of experts are counted.</param>
    /// <param name="seed">The stream of batches.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    internal static Outcome Train<TModel>(
        TModel model, double balance, int depth, int examples, int batch, int steps, double stepSize,
        Func<TModel, Tensor, Tensor> loss, Func<TModel, double> markTrain, Func<TModel, (double Loss, double Accuracy)> markTest, Seed seed, Action<double> progress, CancellationToken cancellation)
        where TModel : nn.Module
    {
        using var owned = model;
        var experts = model.modules().OfType<MixtureOfExperts>().Distinct().ToArray();
        var losses = new List<double>();
        // #region loss
        TransformerTraining.Run(
            model, examples, batch, steps, stepSize,
            rows =>
            {
                var total = loss(model, rows);
                losses.Add(total.item<float>());
                foreach (var mixture in experts)
                {
                    using var uses = mixture.TakeBalanceLoss()!;
                    total = total + balance * uses;
                }
                return total;
            },
            seed, progress, cancellation);
        // #endregion loss
        var train = markTrain(model);
        var counts = new double[depth][];
        var calls = 0;
        foreach (var mixture in experts)
            mixture.Observer = routing =>
            {
                // Experts are used depth by depth, whether one mixture serves all depths or each has its own.
                var shares = ExpertUsage.Shares(routing.Index, (int)routing.Probabilities.shape[1]);
                var (place, tokens) = (calls++ % depth, routing.Index.shape[0]);
                counts[place] = counts[place] is { } sum ? [.. sum.Zip(shares, (total, share) => total + share * tokens)] : [.. shares.Select(share => share * tokens)];
            };
        var (test, accuracy) = markTest(model);
        return new([.. losses], train, test, accuracy, ModelCost.Parameters(model), experts.Length == 0 ? [] : [.. counts.Select(count => count.Select(value => value / count.Sum()).ToArray())]);
    }
}
