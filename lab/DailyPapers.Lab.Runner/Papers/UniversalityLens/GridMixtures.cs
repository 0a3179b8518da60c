using DailyPapers.Lab.Generalization.Universality;

namespace DailyPapers.Lab.Runner.Papers.UniversalityLens;

/// <summary>Mixtures over grids, where regret and bound are known for every sample size (claims 1 and 2).</summary>
internal static class GridMixtures
{
    private const int CoinCells = 512;
    private const int CoinLargest = 4096;
    private const int Side = 61;
    private const double Edge = 3;
    private const int Points = 64;
    private const int LogisticLargest = 1024;
    private const int Sequences = 64;

    /// <summary>Sample sizes for coins.</summary>
    internal static int[] CoinSizes { get; } = PowersOfTwo(CoinLargest);

    /// <summary>Sample sizes for logistic regression.</summary>
    internal static int[] LogisticSizes { get; } = PowersOfTwo(LogisticLargest);

    /// <summary>Coins of bias i/512: the expected regret is a finite sum over the number of heads, without simulation.</summary>
    internal static RegretCurve Coins(Seed seed, CancellationToken cancellation)
    {
        var biases = Enumerable.Range(1, CoinCells - 1).Select(i => i / (double)CoinCells).ToArray();
        var truth = biases[seed.ToRandom().Next(CoinCells / 20, CoinCells - CoinCells / 20)];
        var weight = new KlBallWeight([.. biases.Select(bias => Divergence(truth, bias))], new double[biases.Length]);
        var regrets = CoinSizes.Select(n =>
        {
            cancellation.ThrowIfCancellationRequested();
            return CoinRegret(biases, truth, n) / n;
        }).ToArray();
        return new([.. CoinSizes.Select(n => (double)n)], regrets, [.. CoinSizes.Select(n => RegretBound.Minimise(weight, n).Value)]);
    }

    /// <summary>Logistic regression in the plane: 61 × 61 weights, inputs uniform on 64 points, regret averaged over sequences.</summary>
    internal static RegretCurve Logistic(Seed seed, CancellationToken cancellation)
    {
        var random = seed.ToRandom();
        var points = Enumerable.Range(0, Points).Select(_ => (A: random.NextNormal(), B: random.NextNormal())).ToArray();
        var ticks = Enumerable.Range(0, Side).Select(i => Edge * (2.0 * i / (Side - 1) - 1)).ToArray();
        var weights = (from a in ticks from b in ticks select (A: a, B: b)).ToArray();
        var truth = random.Next(Side / 6, Side - Side / 6) * Side + random.Next(Side / 6, Side - Side / 6);
        // ln P_θ(y | x) by outcome: index 2x + y.
        var table = new double[2 * Points][];
        for (var x = 0; x < Points; x++)
            for (var y = 0; y < 2; y++)
                table[2 * x + y] = [.. weights.Select(w => -Softplus((1 - 2 * y) * (w.A * points[x].A + w.B * points[x].B)))];
        var divergences = new double[weights.Length];
        foreach (var row in table)
            for (var i = 0; i < weights.Length; i++)
                divergences[i] += Math.Exp(row[truth]) * (row[truth] - row[i]) / Points;
        var weight = new KlBallWeight([.. divergences.Select(divergence => Math.Max(0, divergence))], new double[weights.Length]);

        var regrets = new double[LogisticSizes.Length];
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            cancellation.ThrowIfCancellationRequested();
            var mixture = BayesianMixture.Uniform(weights.Length);
            var own = 0.0;
            for (int n = 1, size = 0; size < LogisticSizes.Length; n++)
            {
                var x = random.Next(Points);
                var y = Math.Log(random.NextDouble()) < table[2 * x + 1][truth] ? 1 : 0;
                mixture.Observe(table[2 * x + y]);
                own += table[2 * x + y][truth];
                if (n == LogisticSizes[size])
                    regrets[size++] += (own - mixture.LogEvidence) / n / Sequences;
            }
        }
        return new([.. LogisticSizes.Select(n => (double)n)], regrets, [.. LogisticSizes.Select(n => RegretBound.Minimise(weight, n).Value)]);
    }

    private static double CoinRegret(double[] biases, double truth, int n)
    {
        double regret = 0, deviation = Math.Sqrt(n * truth * (1 - truth));
        int from = Math.Max(0, (int)(n * truth - 9 * deviation - 3)), to = Math.Min(n, (int)(n * truth + 9 * deviation + 3));
        var likelihoods = new double[biases.Length];
        // ln C(n, k), carried along.
        var logChoose = 0.0;
        for (var k = 0; k <= to; k++)
        {
            if (k > 0)
                logChoose += Math.Log(n - k + 1) - Math.Log(k);
            if (k < from)
                continue;
            for (var i = 0; i < biases.Length; i++)
                likelihoods[i] = k * Math.Log(biases[i]) + (n - k) * Math.Log(1 - biases[i]);
            var mixture = BayesianMixture.Uniform(biases.Length);
            mixture.Observe(likelihoods);
            var own = k * Math.Log(truth) + (n - k) * Math.Log(1 - truth);
            regret += Math.Exp(logChoose + own) * (own - mixture.LogEvidence);
        }
        return regret;
    }

    private static double Divergence(double p, double q) => p * Math.Log(p / q) + (1 - p) * Math.Log((1 - p) / (1 - q));

    internal static double Softplus(double t) => Math.Max(t, 0) + Math.Log(1 + Math.Exp(-Math.Abs(t)));

    private static int[] PowersOfTwo(int largest) => [.. Enumerable.Range(0, int.Log2(largest) + 1).Select(power => 1 << power)];
}
