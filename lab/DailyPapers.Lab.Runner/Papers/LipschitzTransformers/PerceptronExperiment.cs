using DailyPapers.Lab.Architectures.Lipschitz;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization.Adversarial;
using DailyPapers.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.LipschitzTransformers;

/// <summary>Perceptrons of three layers without biases on small images: loss, certified bound, observed slopes, accuracy under attack.</summary>
internal sealed class PerceptronExperiment : IDisposable
{
    private const int Width = 128;
    private const int Side = 14;
    private const int Attacked = 1000;
    private const int BatchSize = 64;

    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _trainImages;
    private readonly Tensor _trainLabels;
    private readonly Tensor _testImages;
    private readonly Tensor _testLabels;
    private readonly Seed _seed;

    internal PerceptronExperiment(ImageSample images, Seed seed)
    {
        _seed = seed;
        (_trainImages, _trainLabels) = (Halved(images.TrainImages), images.TrainLabels);
        (_testImages, _testLabels) = (Halved(images.TestImages), images.TestLabels);
    }

    /// <param name="Loss">Test loss (nats).</param>
    /// <param name="Accuracy">Test accuracy (%).</param>
    /// <param name="LogBound">Natural logarithm of the certified Lipschitz bound, Euclidean.</param>
    /// <param name="Slope">The largest observed slope over the bound.</param>
    /// <param name="Robust">Accuracy under attack (%).</param>
    /// <param name="Excess">The largest norm of a matrix over σ_max, less 1.</param>
    internal sealed record Outcome(double Loss, double Accuracy, double LogBound, double Slope, double Robust, double Excess);

    /// <summary>Trains and measures; initial weights and batches are the same for all methods.</summary>
    internal Outcome Measure(Method method, int steps, double stepSize, double epsilon, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        _seed.Stream("weights").SeedTorch();
        Linear[] layers = [nn.Linear(Side * Side, Width, hasBias: false), nn.Linear(Width, Width, hasBias: false), nn.Linear(Width, FashionMnist.Classes, hasBias: false)];
        using var network = nn.Sequential(layers[0], nn.ReLU(), layers[1], nn.ReLU(), layers[2]);
        Parameter[] matrices = [.. layers.Select(layer => layer.weight!)];
        using (no_grad())
        {
            foreach (var matrix in matrices)
                nn.init.orthogonal_(matrix, Math.Sqrt(matrix.shape[0] / (double)matrix.shape[1]));
        }
        var batches = new ShuffledBatches((int)_trainLabels.shape[0], BatchSize, _seed.Stream("batches"));
        method.Train(
            matrices, null, batches, steps, stepSize,
            rows => nn.functional.cross_entropy(network.call(_trainImages.index_select(0, rows)), _trainLabels.index_select(0, rows)), cancellation);
        foreach (var matrix in matrices)
            matrix.requires_grad_(false);

        var (accuracy, loss) = Classification.Evaluate(network, _testImages, _testLabels);
        var bound = LipschitzBound.OfChain([layers[0], layers[1], layers[2]]);
        var (x, y) = (_testImages[..Attacked], _testLabels[..Attacked]);
        var attacked = ProjectedGradientDescent.Perturb(network.call, x, y, epsilon, steps: 10);
        var robust = 100 * network.call(attacked).argmax(1).eq(y).to(float64).mean().item<double>();
        var excess = matrices.Max(SpectralNorm.RootMeanSquare) / method.Maximum - 1;
        return new(loss, 100 * accuracy, Math.Log(bound), Slope(network, x, attacked) / bound, robust, excess);
    }

    public void Dispose() => _scope.Dispose();

    // #region slope
    /// <summary>The steepest of: pairs of test images, an image and its attack, random short steps, and steps found by ascent.</summary>
    private double Slope(nn.Module<Tensor, Tensor> network, Tensor x, Tensor attacked)
    {
        using var scope = NewDisposeScope();
        using var generator = _seed.Stream("directions").ToGenerator();
        var step = randn(x.shape, generator: generator);
        var worst = Math.Max(LipschitzBound.Observed(network.call, x, x.roll(1, 0)), LipschitzBound.Observed(network.call, x, attacked));
        worst = Math.Max(worst, LipschitzBound.Observed(network.call, x, x + step * 0.01));
        for (var ascent = 0; ascent < 30; ascent++)
        {
            using var inner = NewDisposeScope();
            // Where the network is linear, the step that stretches most is a singular vector of its Jacobian: power iteration.
            var moved = InputGradient.Of(z => (network.call(z) - network.call(x)).square().sum([1L]), x + step / step.norm(1, keepdim: true) * 0.1);
            step = (moved / (moved.norm(1, keepdim: true) + 1e-12f)).MoveToOuterDisposeScope();
            worst = Math.Max(worst, LipschitzBound.Observed(network.call, x, x + step * 0.1));
        }
        return worst;
    }
    // #endregion slope

    private static Tensor Halved(Tensor images) => nn.functional.avg_pool2d(images, 2).flatten(1);
}
