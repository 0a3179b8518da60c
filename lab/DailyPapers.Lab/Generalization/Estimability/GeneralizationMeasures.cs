using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.Estimability;

/// <summary>
/// Measures of a trained ReLU network that have been proposed to explain its generalisation; each is a function of weights, initial
/// weights and training sample only.
/// </summary>
/// <remarks>Weights are given layer by layer as (in, out), biases left out. All values are in float64.</remarks>
public static class GeneralizationMeasures
{
    /// <summary>Frobenius norm of all weights, √Σ|W_l|².</summary>
    public static double FrobeniusNorm(IReadOnlyList<Tensor> weights)
    {
        Require(weights);
        return Math.Sqrt(weights.Sum(weight => Square(weight)));
    }

    /// <summary>Frobenius distance from the initial weights.</summary>
    public static double DistanceFromInitialization(IReadOnlyList<Tensor> weights, IReadOnlyList<Tensor> initial)
    {
        RequireBoth(weights, initial);
        using var scope = NewDisposeScope();
        return Math.Sqrt(weights.Zip(initial, (weight, start) => Square(weight - start)).Sum());
    }

    /// <summary>Product of the layers' largest singular values.</summary>
    public static double SpectralProduct(IReadOnlyList<Tensor> weights)
    {
        Require(weights);
        return weights.Aggregate(1.0, (product, weight) => product * Spectral(weight));
    }

    // #region path
    /// <summary>Path norm: √ of the sum over all paths from an input to an output of the product of squared weights (Neyshabur et al. 2015).</summary>
    public static double PathNorm(IReadOnlyList<Tensor> weights)
    {
        Require(weights);
        using var scope = NewDisposeScope();
        var paths = ones(1, weights[0].shape[0], dtype: float64);
        foreach (var weight in weights)
            paths = paths.mm(weight.to(float64).square());
        return Math.Sqrt(paths.sum().item<double>());
    }
    // #endregion path

    /// <summary>
    /// Spectral complexity over margin (Bartlett, Foster and Telgarsky 2017): Π σ_l (Σ (|W_l − W_l⁰|_{2,1}/σ_l)^{2/3})^{3/2} / γ, where
    /// the norm sums the Euclidean norms of a unit's incoming weights.
    /// </summary>
    /// <param name="weights">W_l.</param>
    /// <param name="initial">W_l⁰, the reference.</param>
    /// <param name="margin">γ, positive.</param>
    public static double SpectralComplexity(IReadOnlyList<Tensor> weights, IReadOnlyList<Tensor> initial, double margin)
    {
        RequireBoth(weights, initial);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        using var scope = NewDisposeScope();
        var sum = weights.Zip(initial, (weight, start) =>
            Math.Pow((weight - start).to(float64).norm(0).sum().item<double>() / Spectral(weight), 2.0 / 3)).Sum();
        return SpectralProduct(weights) * Math.Pow(sum, 1.5) / margin;
    }

    /// <summary>Margins f_y(x) − max_{k≠y} f_k(x), ascending.</summary>
    /// <param name="logits">(n, classes).</param>
    /// <param name="labels">(n,), int64.</param>
    public static double[] Margins(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        var values = logits.to(float64);
        var own = values.gather(1, labels.unsqueeze(1)).squeeze(1);
        var others = values.scatter(1, labels.unsqueeze(1), full([labels.shape[0], 1], double.NegativeInfinity, dtype: float64)).amax([1L]);
        var margins = (own - others).data<double>().ToArray();
        Array.Sort(margins);
        return margins;
    }

    // #region flatness
    /// <summary>
    /// Sharpness: by how much the training loss rises on average when Gaussian noise of a relative size is added to the weights, the
    /// empirical part of a PAC-Bayes bound.
    /// </summary>
    /// <param name="weights">W_l.</param>
    /// <param name="loss">The training loss at given weights.</param>
    /// <param name="relativeNoise">Standard deviation of the noise over the root mean square of the layer's weights, positive.</param>
    /// <param name="draws">Perturbations averaged.</param>
    /// <param name="seed">The stream of the noise.</param>
    public static double Sharpness(IReadOnlyList<Tensor> weights, Func<IReadOnlyList<Tensor>, double> loss, double relativeNoise, int draws, Seed seed)
    {
        Require(weights);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(relativeNoise);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        using var generator = seed.ToGenerator();
        var rise = 0.0;
        for (var draw = 0; draw < draws; draw++)
        {
            using var scope = NewDisposeScope();
            var noisy = weights.Select(weight =>
                weight + randn(weight.shape, dtype: weight.dtype, generator: generator) * (relativeNoise * Math.Sqrt(Square(weight) / weight.numel()))).ToList();
            rise += loss(noisy) / draws;
        }
        return rise - loss(weights);
    }
    // #endregion flatness

    private static double Square(Tensor weight)
    {
        using var scope = NewDisposeScope();
        return weight.to(float64).square().sum().item<double>();
    }

    private static double Spectral(Tensor weight)
    {
        using var scope = NewDisposeScope();
        return linalg.svdvals(weight.to(float64)).max().item<double>();
    }

    private static void Require(IReadOnlyList<Tensor> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Count == 0 || weights.Any(weight => weight.dim() != 2))
            throw new ArgumentException("Expected a matrix (in, out) for each layer.", nameof(weights));
    }

    private static void RequireBoth(IReadOnlyList<Tensor> weights, IReadOnlyList<Tensor> initial)
    {
        Require(weights);
        Require(initial);
        if (weights.Count != initial.Count || weights.Zip(initial).Any(pair => !pair.First.shape.SequenceEqual(pair.Second.shape)))
            throw new ArgumentException("Initial weights must have the shapes of the weights.", nameof(initial));
    }
}
