using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.MoreIsBetter;

/// <summary>
/// The paper's test on images (claim 4): kernel ridge regression with the neural tangent kernel of a fully connected ReLU
/// network on Fashion-MNIST, labels one-hot less their mean.
/// </summary>
internal static class FashionImages
{
    /// <summary>Label noise added, as variance summed over the ten outputs, in units of the clean ridgeless test error.</summary>
    internal static readonly double[] RelativeNoise = [0, 1, 5];

    /// <summary>Ridges: 0, and 10^−3 to 10^3, eight a decade.</summary>
    internal static readonly double[] Ridges = [0, .. Enumerable.Range(0, 49).Select(i => Math.Pow(10, -3 + i / 8.0))];

    /// <summary>Biases of variance 0.1 keep the kernel from being even or odd in parts.</summary>
    private const double BiasVariance = 0.1;

    /// <summary>Measures exponents and ridge paths.</summary>
    internal static ImageResult Run(FashionMnist data, int samples, int hiddenLayers, Seed seed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var (x, y) = Sample(data.Train, samples, seed.Stream("train"));
        var (testX, testY) = Sample(data.Test, Math.Min(2000, samples), seed.Stream("test"));
        var ntk = new NeuralTangentKernel(hiddenLayers, biasVariance: BiasVariance);
        var kernel = ntk.Evaluate(x, x).Ntk;
        var testKernel = ntk.Evaluate(testX, x).Ntk;
        cancellation.ThrowIfCancellationRequested();
        var exponents = PowerLawExponents.Estimate(kernel, y, [samples / 8, samples / 4, samples / 2, samples], repeats: 4, generator, cancellation);

        using var clean = new KernelRidgePath(kernel, y);
        var test = new double[RelativeNoise.Length][];
        var train = new double[RelativeNoise.Length][];
        for (var i = 0; i < RelativeNoise.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var variance = i == 0 ? 0 : RelativeNoise[i] * test[0][0];
            var noise = randn(y.shape, dtype: float64, generator: generator) * Math.Sqrt(variance / FashionMnist.Classes);
            using var path = clean.WithTargets(y + noise);
            // A fresh label is as noisy as those of the training sample.
            test[i] = [.. path.TestErrors(testKernel, testY, Ridges).Select(error => error + variance)];
            train[i] = [.. Ridges.Select(path.TrainError)];
        }

        return new ImageResult(exponents, test, train);
    }

    /// <summary>Images on the sphere of squared radius d, and one-hot labels less 1/10.</summary>
    private static (Tensor X, Tensor Y) Sample(LabelledImages images, int count, Seed seed)
    {
        var order = Enumerable.Range(0, images.Count).ToArray();
        seed.ToRandom().Shuffle(order);
        var dimension = images.Height * images.Width;
        var pixels = new double[count * dimension];
        var labels = new double[count * FashionMnist.Classes];
        Array.Fill(labels, -1.0 / FashionMnist.Classes);
        for (var i = 0; i < count; i++)
        {
            var image = images.Image(order[i]).Span;
            for (var j = 0; j < dimension; j++)
                pixels[i * dimension + j] = image[j];
            labels[i * FashionMnist.Classes + images.Labels.Span[order[i]]] += 1;
        }

        var x = tensor(pixels, dtype: float64).reshape(count, dimension);
        return (x / x.norm(1, keepdim: true) * Math.Sqrt(dimension), tensor(labels, dtype: float64).reshape(count, FashionMnist.Classes));
    }
}
