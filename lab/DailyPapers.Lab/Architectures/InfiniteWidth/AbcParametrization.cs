namespace DailyPapers.Lab.Architectures.InfiniteWidth;

/// <summary>
/// How a multilayer perceptron's weights scale with its width n (arXiv:2011.14522, section 3): W^l = n^(−a_l) w^l with w^l trained,
/// w^l drawn from N(0, n^(−2 b_l)), and learning rate η n^(−c).
/// </summary>
/// <remarks>Layers are numbered from 1 in the paper and from 0 in the lists here; the last one is the output layer.</remarks>
public sealed class AbcParametrization
{
    // Exponents are small multiples of 1/2 and shifts of them; conditions are compared with room for rounding.
    private const double Tolerance = 1e-9;

    /// <summary>Takes the exponents, the output layer's last.</summary>
    /// <param name="a">a_1 to a_(L+1), at least two.</param>
    /// <param name="b">b_1 to b_(L+1).</param>
    /// <param name="c">c.</param>
    /// <exception cref="ArgumentException">The lists differ in length, are shorter than two, or hold a value that is not finite.</exception>
    public AbcParametrization(IReadOnlyList<double> a, IReadOnlyList<double> b, double c)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count < 2 || a.Count != b.Count)
            throw new ArgumentException($"Expected one a and one b for each of at least two layers, but got {a.Count} and {b.Count}.", nameof(b));
        if (!a.Concat(b).Append(c).All(double.IsFinite))
            throw new ArgumentException("Exponents must be finite.", nameof(a));
        (A, B, C) = ([.. a], [.. b], c);
    }

    /// <summary>The multipliers' exponents a_l.</summary>
    public IReadOnlyList<double> A { get; }

    /// <summary>The initial standard deviations' exponents b_l.</summary>
    public IReadOnlyList<double> B { get; }

    /// <summary>The learning rate's exponent.</summary>
    public double C { get; }

    /// <summary>L, the number of hidden layers.</summary>
    public int HiddenLayers => A.Count - 1;

    /// <summary>The usual initialisation, variance 1/fan-in; its learning rate is stable for c ≥ 1.</summary>
    /// <param name="hiddenLayers">L ≥ 1.</param>
    /// <param name="c">The learning rate's exponent.</param>
    public static AbcParametrization Standard(int hiddenLayers, double c = 1) =>
        Layers(hiddenLayers, (0, 0), (0, 0.5), (0, 0.5), c);

    /// <summary>The parametrization of the neural tangent kernel (Jacot et al. 2018).</summary>
    /// <param name="hiddenLayers">L ≥ 1.</param>
    public static AbcParametrization NeuralTangent(int hiddenLayers) =>
        Layers(hiddenLayers, (0, 0), (0.5, 0), (0.5, 0), 0);

    /// <summary>The maximal update parametrization µP: every layer learns as much as stability allows.</summary>
    /// <param name="hiddenLayers">L ≥ 1.</param>
    public static AbcParametrization MaximalUpdate(int hiddenLayers) =>
        Layers(hiddenLayers, (-0.5, 0.5), (0, 0.5), (0.5, 0.5), 0);

    /// <summary>The mean-field parametrization, which is defined for one hidden layer.</summary>
    public static AbcParametrization MeanField() => Layers(1, (0, 0), (0, 0), (1, 0), -1);

    // #region exponent
    /// <summary>r of definition 3.2: coordinates of the last hidden layer move by Θ(n^(−r)) in training.</summary>
    public double FeatureExponent =>
        Math.Min(A[^1] + B[^1], 2 * A[^1] + C) + C - 1 + Enumerable.Range(0, HiddenLayers).Min(l => 2 * A[l] + (l == 0 ? 1 : 0));

    /// <summary>Theorem 3.3: whether activations, outputs and their changes stay bounded as n grows.</summary>
    public bool IsStable =>
        Near(A[0] + B[0], 0)
        && Enumerable.Range(1, HiddenLayers - 1).All(l => Near(A[l] + B[l], 0.5))
        && A[^1] + B[^1] >= 0.5 - Tolerance
        && FeatureExponent >= -Tolerance
        && 2 * A[^1] + C >= 1 - Tolerance
        && A[^1] + B[^1] + FeatureExponent >= 1 - Tolerance;

    /// <summary>Whether it is stable and the function moves in the limit (after theorem 3.3).</summary>
    public bool IsNontrivial => IsStable && (Near(A[^1] + B[^1] + FeatureExponent, 1) || Near(2 * A[^1] + C, 1));

    /// <summary>The dichotomy of corollary 3.9: a stable nontrivial limit learns features exactly if r = 0, and is a kernel method otherwise.</summary>
    public TrainingRegime Regime => this switch
    {
        { IsStable: false } => TrainingRegime.Unstable,
        { IsNontrivial: false } => TrainingRegime.Trivial,
        _ => Near(FeatureExponent, 0) ? TrainingRegime.FeatureLearning : TrainingRegime.Kernel,
    };
    // #endregion exponent

    /// <summary>The same training in other words: (a_l + θ, b_l − θ, c − 2θ) gives the same function at every step of SGD.</summary>
    public AbcParametrization Shift(double theta) => new([.. A.Select(a => a + theta)], [.. B.Select(b => b - theta)], C - 2 * theta);

    private static bool Near(double x, double y) => Math.Abs(x - y) <= Tolerance;

    private static AbcParametrization Layers(
        int hiddenLayers, (double A, double B) first, (double A, double B) middle, (double A, double B) last, double c)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenLayers, 1);
        List<(double A, double B)> layers = [first, .. Enumerable.Repeat(middle, hiddenLayers - 1), last];
        return new([.. layers.Select(layer => layer.A)], [.. layers.Select(layer => layer.B)], c);
    }
}
