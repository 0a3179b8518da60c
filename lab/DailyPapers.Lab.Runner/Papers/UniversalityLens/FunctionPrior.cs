using DailyPapers.Lab.Generalization.Universality;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Runner.Papers.UniversalityLens;

/// <summary>
/// The prior that random networks put on boolean functions (claims 9 and 10): how frequency falls with complexity, and what learning a
/// function from noisy values costs the mixture of all of them.
/// </summary>
internal static class FunctionPrior
{
    private const int Inputs = 7;
    private const int Hidden = 40;
    private const int ClassNetworks = 100_000;
    private const int Targets = 48;
    private const int Samples = 64;
    private const int Draws = 48;

    /// <summary>Complexities with the greatest frequency at each, and regrets of targets with their bounds.</summary>
    internal sealed record Outcome(
        double[] Complexities, double[] LogFrequencies, double[] TargetLogWeights, double[] Regrets, double[] Bounds, double ConstantShare)
    {
        /// <summary>Pearson's correlation of log₁₀ of the greatest frequency with complexity.</summary>
        internal double FrequencyCorrelation { get; } = Correlation(Complexities, LogFrequencies);

        /// <summary>Decades of frequency lost for each bit of complexity.</summary>
        internal double DecadesPerBit { get; } = -Slope(Complexities, LogFrequencies);

        /// <summary>Rank correlation of a target's weight with its regret.</summary>
        internal double RegretCorrelation { get; } = RankCorrelation.Spearman(TargetLogWeights, Regrets);
    }

    internal static Outcome Run(int networks, double noise, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        var sampler = new RandomBooleanNetworks(Inputs, Hidden);
        var frequencies = sampler.Sample(networks, seed.Stream("frequencies"), cancellation);
        progress(0.7);
        // Functions seen once say only that their frequency is small: among them complexity does not show.
        var greatest = frequencies.Where(pair => pair.Value >= 2)
            .GroupBy(pair => pair.Key.Complexity(), pair => pair.Value)
            .Select(group => (Complexity: group.Key, LogFrequency: Math.Log10(group.Max() / (double)networks)))
            .OrderBy(pair => pair.Complexity).ToArray();

        // A class of its own, so that targets are not chosen by the sample that ranks them.
        var members = sampler.Sample(Math.Min(networks, ClassNetworks), seed.Stream("class"), cancellation);
        var functions = members.Keys.OrderByDescending(f => members[f]).ThenBy(f => f.Table).ToArray();
        var logWeights = functions.Select(f => Math.Log(members[f] / (double)Math.Min(networks, ClassNetworks))).ToArray();
        progress(0.8);
        var targets = ChooseTargets(logWeights);
        var (regrets, bounds) = (new double[targets.Length], new double[targets.Length]);
        var random = seed.Stream("samples").ToRandom();
        for (var i = 0; i < targets.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            (regrets[i], bounds[i]) = Learn(functions, logWeights, functions[targets[i]], noise, random);
            progress(0.8 + 0.2 * i / targets.Length);
        }
        return new(
            [.. greatest.Select(pair => pair.Complexity)], [.. greatest.Select(pair => pair.LogFrequency)],
            [.. targets.Select(i => logWeights[i])], regrets, bounds,
            frequencies.Where(pair => pair.Key.Complexity() <= Inputs).Sum(pair => pair.Value) / (double)networks);
    }

    // Evenly spaced in the logarithm of the rank, so that common functions are as well represented as rare ones.
    private static int[] ChooseTargets(double[] logWeights) =>
        [.. Enumerable.Range(0, Targets).Select(i => (int)Math.Round(Math.Pow(logWeights.Length, i / (Targets - 1.0)) - 1)).Distinct()];

    // #region learn
    /// <summary>Mean regret and bound, nats per sample, at 64 distinct inputs whose values are flipped with the given probability.</summary>
    private static (double Regret, double Bound) Learn(BooleanFunction[] functions, double[] logWeights, BooleanFunction target, double noise, Random random)
    {
        double right = Math.Log(1 - noise), perMismatch = Math.Log(noise) - right, regret = 0;
        var likelihoods = new double[functions.Length];
        var inputs = Enumerable.Range(0, target.Length).ToArray();
        for (var draw = 0; draw < Draws; draw++)
        {
            random.Shuffle(inputs);
            UInt128 seen = UInt128.Zero, flips = UInt128.Zero;
            foreach (var x in inputs.AsSpan(0, Samples))
            {
                seen |= UInt128.One << x;
                if (random.NextDouble() < noise)
                    flips |= UInt128.One << x;
            }
            var values = target.Table ^ flips;
            for (var i = 0; i < functions.Length; i++)
                likelihoods[i] = (int)UInt128.PopCount((functions[i].Table ^ values) & seen) * perMismatch;
            var mixture = new BayesianMixture(logWeights);
            mixture.Observe(likelihoods);
            regret += ((int)UInt128.PopCount(flips) * perMismatch - mixture.LogEvidence) / Samples / Draws;
        }

        // A mismatch at an input costs (1 − 2η) ln((1−η)/η) nats on average.
        var weight = new KlBallWeight([.. functions.Select(f => (1 - 2 * noise) * -perMismatch * f.Distance(target) / target.Length)], logWeights);
        return (regret, RegretBound.Minimise(weight, Samples).Value);
    }
    // #endregion learn

    private static double Correlation(double[] xs, double[] ys) => Slope(xs, ys) * Math.Sqrt(Square(xs) / Square(ys));

    private static double Slope(double[] xs, double[] ys)
    {
        double meanX = xs.Average(), meanY = ys.Average();
        return xs.Zip(ys, (x, y) => (x - meanX) * (y - meanY)).Sum() / Square(xs);
    }

    private static double Square(double[] xs)
    {
        var mean = xs.Average();
        return xs.Sum(x => (x - mean) * (x - mean));
    }
}
