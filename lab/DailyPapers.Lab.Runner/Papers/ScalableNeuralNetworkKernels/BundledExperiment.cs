using DailyPapers.Lab.Architectures.NeuralNetworkKernels;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.ScalableNeuralNetworkKernels;

/// <summary>A fully bundled network of two maps: its closed form, and gradient descent towards the same optimum.</summary>
internal static class BundledExperiment
{
    /// <summary>Steps between the distances that are kept for the figure.</summary>
    internal const int Spacing = 25;

    private const int MostIterations = 20_000;

    /// <summary>Descent ends when the gradient is this part of the first one.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>The ridge as a part of the largest eigenvalue of the features' covariance: the problem's condition number is its inverse.</summary>
    private const double RelativeRidge = 1e-4;

    /// <param name="Accuracy">Test accuracy of the closed form (%).</param>
    /// <param name="Distance">Root mean square of the difference between both networks' outputs on training images, over that of the closed form's outputs.</param>
    /// <param name="ClosedSeconds">Processor time of the closed form, the features included.</param>
    /// <param name="DescentSeconds">Processor time of the descent on given features.</param>
    /// <param name="GramSeconds">Processor time of the same descent on the given covariance, which no longer passes over the data.</param>
    /// <param name="Iterations">Steps of the descent.</param>
    /// <param name="Distances">The distance after each <see cref="Spacing"/> steps.</param>
    internal sealed record Outcome(
        double Accuracy, double Distance, double ClosedSeconds, double DescentSeconds, double GramSeconds, int Iterations, double[] Distances);

    internal static Outcome Measure(ImageSample images, int examples, int features, Seed seed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        seed.SeedTorch();
        using var network = new BundledNetwork(
            [new ReluRandomFeatures(784, features, orthogonal: true), new ReluRandomFeatures(features, features, orthogonal: true)], FashionMnist.Classes);
        var x = images.TrainImages[..examples].flatten(1);
        var y = nn.functional.one_hot(images.TrainLabels[..examples], FashionMnist.Classes).to(float64);
        var phi = network.Features(x).to(float64);
        phi -= phi.mean([0L], keepdim: true);
        var target = y - y.mean([0L], keepdim: true);
        var (gram, moment) = (phi.t().matmul(phi) / examples, phi.t().matmul(target) / examples);
        var largest = linalg.eigvalsh(gram)[-1].item<double>();
        var ridge = RelativeRidge * largest;

        network.FitLeastSquares(x, y, ridge); // once before the clock starts, as the first call loads code
        var closed = Seconds(() => network.FitLeastSquares(x, y, ridge), 3);
        var best = network.Head.weight!.to(float64).t(); // (Count, classes)
        var outputs = phi.matmul(best);
        var scale = outputs.norm().item<double>();

        // Features, centring and the largest eigenvalue are given to the descent for free.
        var distances = new List<double>();
        var (solution, iterations) = (zeros_like(best), 0);
        var descent = Seconds(() => (solution, iterations) = Descend(a => phi.t().matmul(phi.matmul(a) - target) / examples + a * ridge, zeros_like(best), largest, ridge, null, cancellation), 1);
        var gramDescent = Seconds(() => Descend(a => gram.matmul(a) - moment + a * ridge, zeros_like(best), largest, ridge, null, cancellation), 1);
        Descend(a => gram.matmul(a) - moment + a * ridge, zeros_like(best), largest, ridge, a => distances.Add(Distance(a)), cancellation);
        double Distance(Tensor a) => (phi.matmul(a) - outputs).norm().item<double>() / scale;

        var accuracy = 100 * Classification.Evaluate(network, images.TestImages.flatten(1), images.TestLabels).Accuracy;
        return new(accuracy, Distance(solution), closed, descent, gramDescent, iterations, [.. distances]);
    }

    // #region descent
    /// <summary>Nesterov's method for a strongly convex quadratic, with the best constants that are known for it: step 1/L, momentum from the condition number.</summary>
    private static (Tensor Solution, int Iterations) Descend(
        Func<Tensor, Tensor> gradient, Tensor start, double largest, double ridge, Action<Tensor>? atTimes, CancellationToken cancellation)
    {
        var smoothness = largest + ridge;
        var root = Math.Sqrt(smoothness / ridge);
        var momentum = (root - 1) / (root + 1);
        var (current, extrapolated, first) = (start, start, double.NaN);
        for (var step = 1; ; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var slope = gradient(extrapolated);
            var size = slope.norm().item<double>();
            if (step == 1)
                first = size;
            var next = extrapolated - slope / smoothness;
            extrapolated = (next + (next - current) * momentum).MoveToOuterDisposeScope();
            current = next.MoveToOuterDisposeScope();
            if (step % Spacing == 0)
                atTimes?.Invoke(current);
            if (size <= Tolerance * first || step == MostIterations)
                return (current, step);
        }
    }
    // #endregion descent

    private static double Seconds(Action work, int repeats)
    {
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < repeats; i++)
            work();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds / repeats;
    }
}
