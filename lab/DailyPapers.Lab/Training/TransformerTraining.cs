using DailyPapers.Lab.Optimization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Training;

/// <summary>The usual training of small transformers: AdamW, and a step size that warms up for a tenth of the steps and falls by a cosine.</summary>
public static class TransformerTraining
{
    /// <summary>The weight decay.</summary>
    public const double WeightDecay = 0.05;

    /// <summary>Steps of warm-up: a tenth, at least one.</summary>
    public static int Warmup(int steps) => Math.Max(1, steps / 10);

    /// <summary>Trains in training mode, and returns the loss of every step.</summary>
    /// <param name="model">Whose parameters are trained.</param>
    /// <param name="examples">Number of training examples.</param>
    /// <param name="batch">Examples a step.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="stepSize">The largest step size.</param>
    /// <param name="loss">The scalar loss of a batch, given its examples' numbers, (batch), int64.</param>
    /// <param name="seed">The stream of the batches.</param>
    /// <param name="progress">Told the share that is done, after every step.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static double[] Run(
        nn.Module model, int examples, int batch, int steps, double stepSize, Func<Tensor, Tensor> loss, Seed seed,
        Action<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        model.train();
        using var optimizer = optim.AdamW(model.parameters(), stepSize, weight_decay: WeightDecay);
        var schedule = new CosineSchedule(stepSize, steps, Warmup(steps));
        var losses = new List<double>(steps);
        MinibatchTraining.Run(
            optimizer, new ShuffledBatches(examples, batch, seed), 0, steps, schedule.At,
            rows =>
            {
                var value = loss(rows);
                losses.Add(value.item<float>());
                progress?.Invoke(losses.Count / (double)steps);
                return value;
            },
            cancellation);
        return [.. losses];
    }
}
