using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization.HyperparameterTuning;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.HyperparameterSampleComplexity;

/// <summary>Where the tasks come from.</summary>
internal static class TaskSources
{
    /// <summary>Number of pairs of two different digits.</summary>
    internal const int DigitPairs = Digits.Classes * (Digits.Classes - 1) / 2;

    /// <summary>Two moons, turned by any angle, with noise 0.1 to 0.6; hyperparameter: the activation between ReLU and square.</summary>
    internal static IMarginTask Moons(int points, WeightGrid grid, Seed seed)
    {
        var random = seed.ToRandom();
        var moons = new TwoMoons(2 * Math.PI * random.NextDouble(), 0.1 + 0.5 * random.NextDouble());
        var (x, labels) = moons.Sample(points, random);
        return new InterpolatedNetworkTask(x, labels, InterpolatedActivation.ReluSquare, grid);
    }

    /// <summary>
    /// Two communities in the plane with noisy node features; hyperparameter: the offset of the kernel (exp(−d²/2) + α)² of a
    /// graph convolution. Distance of the communities 0.5 to 3, strength of the features 0.2 to 1, both drawn for each task.
    /// </summary>
    internal static IMarginTask Graph(int nodes, WeightGrid grid, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var drawn = rand([2], dtype: float64, generator: generator).data<double>().ToArray();
        var (distance, strength) = (0.5 + 2.5 * drawn[0], 0.2 + 0.8 * drawn[1]);
        var noise = randn([nodes, 4], dtype: float64, generator: generator).data<double>().ToArray();
        int[] labels = [.. Enumerable.Range(0, nodes).Select(i => i % 2 == 0 ? 1 : -1)];
        var similarities = new double[nodes, nodes];
        for (var i = 0; i < nodes; i++)
        {
            for (var j = 0; j < nodes; j++)
            {
                var across = noise[4 * i] - noise[4 * j] + 0.5 * distance * (labels[i] - labels[j]);
                var along = noise[4 * i + 1] - noise[4 * j + 1];
                similarities[i, j] = Math.Exp(-0.5 * (across * across + along * along));
            }
        }
        return new GraphKernelTask(
            similarities, [.. labels.Select((label, i) => (strength * label + noise[4 * i + 2], noise[4 * i + 3]))], labels, grid);
    }

    /// <summary>
    /// All pairs of classes of the 8 × 8 digits, each on its two principal components, scaled to variance one; hyperparameter as
    /// for the moons. The pairs of a class share its images.
    /// </summary>
    internal static IMarginTask[] DigitTasks(int points, WeightGrid grid, Seed seed)
    {
        using var scope = NewDisposeScope();
        var (inputs, classes) = Digits.Shuffled(seed);
        Tensor[] byClass = [.. Enumerable.Range(0, Digits.Classes).Select(digit => inputs[classes == digit].to_type(float64))];
        var (half, rest) = (points / 2, points - points / 2);
        var images = stack([.. Enumerable.Range(0, DigitPairs).Select(Pair).Select(pair => cat([byClass[pair.First].narrow(0, 0, half), byClass[pair.Second].narrow(0, 0, rest)]))]);
        // (pairs, points, 64); the left singular vectors of centred images are their principal components, up to scale.
        var (left, _, _) = linalg.svd(images - images.mean([1], keepdim: true), fullMatrices: false);
        var planes = (left.narrow(2, 0, 2) * Math.Sqrt(points)).contiguous().data<double>().ToArray();
        int[] labels = [.. Enumerable.Range(0, points).Select(i => i < half ? 1 : -1)];
        return [.. Enumerable.Range(0, DigitPairs).Select(pair => new InterpolatedNetworkTask(
            [.. Enumerable.Range(pair * points, points).Select(i => (planes[2 * i], planes[2 * i + 1]))], labels, InterpolatedActivation.ReluSquare, grid))];
    }

    private static (int First, int Second) Pair(int pair)
    {
        var first = 0;
        while (pair >= Digits.Classes - 1 - first)
            pair -= Digits.Classes - 1 - first++;
        return (first, first + 1 + pair);
    }
}
