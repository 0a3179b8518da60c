using DailyPapers.Lab.Architectures.NeuralNetworkKernels;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.ScalableNeuralNetworkKernels;

/// <summary>How far the inner product of features is from the kernel, over many draws of the features.</summary>
internal static class KernelErrorExperiment
{
    internal const int Dimensions = 16;

    private const int Pairs = 32;
    private const int SmallestPower = 4;

    /// <summary>Where unbiasedness is tested.</summary>
    private const int BiasPower = 6;

    internal static readonly string[] Kinds = ["sin", "cos", "relu", "gaussian"];

    /// <summary>m, from 16 to 2^power.</summary>
    internal static double[] Directions(int power) => [.. Enumerable.Range(SmallestPower, power - SmallestPower + 1).Select(exponent => Math.Pow(2, exponent))];

    /// <summary>What is measured for one activation.</summary>
    /// <param name="Independent">Mean squared error at each m, independent directions.</param>
    /// <param name="Orthogonal">The same, orthogonal directions.</param>
    /// <param name="SquaredBias">Mean over pairs of (bias / its standard error)², near 1 without bias.</param>
    internal sealed record Outcome(double[] Independent, double[] Orthogonal, double SquaredBias);

    // #region error
    /// <summary>Measures an activation.</summary>
    internal static Outcome Measure(string kind, int draws, int largestPower, Seed seed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.Stream("pairs").ToGenerator();
        // Inputs and weights of about unit length, as the estimates' variance grows with e to their squared lengths.
        Tensor Drawn() => randn([Pairs, Dimensions], dtype: float64, generator: generator) / Math.Sqrt(Dimensions);
        var (x, w) = (Drawn(), Drawn());
        var b = kind == "relu" ? null : rand([Pairs], dtype: float64, generator: generator) * (2 * Math.PI);
        seed.Stream("features").SeedTorch();
        Tensor truth;
        using (var any = Draw(kind, 1, false))
            truth = any.Kernel(x, w, b).diagonal();
        var directions = Directions(largestPower);
        var errors = new double[2, directions.Length];
        var squaredBias = double.NaN;
        for (var orthogonal = 0; orthogonal < 2; orthogonal++)
        {
            for (var place = 0; place < directions.Length; place++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var estimates = new Tensor[draws];
                for (var draw = 0; draw < draws; draw++)
                {
                    using var features = Draw(kind, (long)directions[place], orthogonal == 1);
                    estimates[draw] = (features.call(x) * features.OfParameters(w, b)).sum([1L]);
                }
                var deviation = stack(estimates) - truth; // (draws, pairs)
                errors[orthogonal, place] = deviation.square().mean().item<double>();
                if (orthogonal == 0 && place == BiasPower - SmallestPower)
                    squaredBias = (deviation.mean([0L]).square() * draws / deviation.var(0)).mean().item<double>();
            }
        }
        double[] Row(int row) => [.. Enumerable.Range(0, directions.Length).Select(place => errors[row, place])];
        return new(Row(0), Row(1), squaredBias);
    }
    // #endregion error

    private static KernelFeatures Draw(string kind, long directions, bool orthogonal) => kind switch
    {
        "relu" => new ReluRandomFeatures(Dimensions, directions, orthogonal, bias: false, dtype: float64),
        "sin" => new UniversalRandomFeatures(Dimensions, directions, ActivationSpectrum.Sine, orthogonal, dtype: float64),
        "cos" => new UniversalRandomFeatures(Dimensions, directions, ActivationSpectrum.Cosine, orthogonal, dtype: float64),
        _ => new UniversalRandomFeatures(Dimensions, directions, ActivationSpectrum.Gaussian, orthogonal, dtype: float64),
    };
}
