using static TorchSharp.torch;

namespace DailyPapers.Lab.Data.Augmentation;

/// <summary>
/// MixUp (Zhang et al. 2018, arXiv:1710.09412): every example becomes λ x + (1 − λ) x′ with another of its batch, and its loss the
/// same mixture of the losses for both labels. λ is drawn from Beta(α, α), once a batch.
/// </summary>
/// <param name="alpha">α, positive: small values hardly mix, 1 draws λ uniformly.</param>
/// <param name="seed">The stream of λ and of the partners.</param>
public sealed class MixUp(double alpha, Seed seed)
{
    private readonly double _alpha = alpha > 0 ? alpha : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "α is positive.");
    private readonly Random _random = seed.ToRandom();

    // #region mix
    /// <summary>Mixes a batch.</summary>
    /// <param name="examples">(n, ...).</param>
    /// <param name="labels">(n), 64-bit integers.</param>
    public MixedBatch Mix(Tensor examples, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        var partners = new long[examples.shape[0]];
        for (var i = 0; i < partners.Length; i++)
            partners[i] = i;
        _random.Shuffle(partners);
        var order = tensor(partners, device: examples.device);
        var weight = Beta();
        var mixed = examples.index_select(0, order).lerp(examples, weight);
        return new(mixed.MoveToOuterDisposeScope(), labels, labels.index_select(0, order).MoveToOuterDisposeScope(), weight);
    }
    // #endregion mix

    // Beta(α, α) is G / (G + G′) of two Gamma(α) draws.
    private double Beta()
    {
        double first = LogGamma(), second = LogGamma();
        return 1 / (1 + Math.Exp(second - first));
    }

    // Marsaglia and Tsang (2000) for a shape of at least 1, and Gamma(α) = Gamma(α + 1) U^(1/α) below; in logarithms, since
    // for small α a draw itself would often be zero.
    private double LogGamma()
    {
        var shape = _alpha < 1 ? _alpha + 1 : _alpha;
        var shift = _alpha < 1 ? Math.Log(1 - _random.NextDouble()) / _alpha : 0;
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = Normal();
            var root = 1 + c * normal;
            if (root <= 0)
                continue;
            var cube = root * root * root;
            if (Math.Log(1 - _random.NextDouble()) < 0.5 * normal * normal + d * (1 - cube + Math.Log(cube)))
                return Math.Log(d * cube) + shift;
        }
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
