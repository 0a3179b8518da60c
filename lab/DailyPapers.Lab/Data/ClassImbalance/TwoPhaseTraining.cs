using DailyPapers.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Data.ClassImbalance;

/// <summary>
/// Two-phase training (Havaei et al. 2017; arXiv:1710.05381, section 2): a network is trained on balanced data, then its last layer alone on
/// the data as they are. The features stay those of the balanced task, the outputs learn the true class frequencies.
/// </summary>
public static class TwoPhaseTraining
{
    // #region second
    /// <summary>The second phase. Since the layers below are frozen, their features are computed once, by the caller.</summary>
    /// <param name="features">Outputs of the last frozen layer for all examples of the data set, (N, width).</param>
    /// <param name="labels">Classes, (N,), int64.</param>
    /// <param name="last">The last layer; trained in place.</param>
    /// <param name="batches">Batches of the imbalanced examples.</param>
    /// <param name="steps">Steps of stochastic gradient descent with momentum 0.9.</param>
    /// <param name="stepSize">The step size at a step, from 0.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    public static void TrainLastLayer(
        Tensor features, Tensor labels, Linear last, ShuffledBatches batches, int steps, Func<int, double> stepSize, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(last);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(stepSize);
        using var optimizer = optim.SGD(last.parameters(), stepSize(0), momentum: 0.9);
        MinibatchTraining.Run(
            optimizer, batches, from: 0, steps, stepSize,
            rows => nn.functional.cross_entropy(last.call(features.index_select(0, rows)), labels.index_select(0, rows)), cancellation);
    }
    // #endregion second
}
