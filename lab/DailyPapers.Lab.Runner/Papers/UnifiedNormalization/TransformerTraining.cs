using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.UnifiedNormalization;

/// <summary>Training that is the same for every arm: AdamW, a cosine schedule with a tenth of warm-up.</summary>
internal static class TransformerTraining
{
    internal const double WeightDecay = 0.05;

    internal static int Warmup(int steps) => Math.Max(1, steps / 10);

    /// <summary>Trains, and returns the loss of every step.</summary>
    internal static double[] Run(nn.Module model, int examples, int batch, int steps, double stepSize, Func<Tensor, Tensor> loss, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        model.train();
        using var optimizer = optim.AdamW(model.parameters(), stepSize, weight_decay: WeightDecay);
        var schedule = new CosineSchedule(stepSize, steps, Warmup(steps));
        var losses = new List<double>(steps);
        MinibatchTraining.Run(
            optimizer, new ShuffledBatches([.. Enumerable.Range(0, examples).Select(i => (long)i)], batch, seed), 0, steps, schedule.At,
            rows =>
            {
                var value = loss(rows);
                losses.Add(value.item<float>());
                progress(losses.Count / (double)steps);
                return value;
            },
            cancellation);
        return [.. losses];
    }
}
