using DailyPapers.Lab.Generalization.LongTail;

namespace DailyPapers.Lab.Runner.Papers.LongTailMemorization;

/// <summary>The paper's discrete model: what does a learner lose that refuses to fit what it saw once (claims 1 and 2)?</summary>
internal static class DiscreteModel
{
    /// <summary>Most sightings shown in the figure.</summary>
    internal const int Most = 8;

    /// <summary>Outcome of one draw of frequencies, labels and examples.</summary>
    /// <param name="Excess">Error of the learner that guesses singletons, less that of the one that fits them; a share.</param>
    /// <param name="Predicted">τ_1 times the singletons it mislabels.</param>
    /// <param name="Mislabelled">Those singletons, as a share of the sample.</param>
    /// <param name="Singletons">All singletons, as a share of the sample.</param>
    /// <param name="Fitting">Error of the learner that fits everything.</param>
    /// <param name="Tau">n τ_ℓ for ℓ = 1 to <see cref="Most"/>.</param>
    /// <param name="Frequency">The mean of n D(x) over subpopulations seen ℓ times; NaN where there are fewer than 20.</param>
    internal sealed record Outcome(double Excess, double Predicted, double Mislabelled, double Singletons, double Fitting, double[] Tau, double[] Frequency);

    // #region discrete
    internal static Outcome Run(FrequencyPrior prior, int examples, int classes, int draws, Seed seed)
    {
        var frequencies = prior.Draw(seed.Stream("frequencies"));
        var sample = new SubpopulationSample(frequencies, examples, seed.Stream("examples"));
        var tau = SingletonWeight.Tau(prior, examples, Most, draws, seed.Stream("tau"));
        var random = seed.Stream("labels").ToRandom();
        double[] fitting = new double[frequencies.Length], refusing = new double[frequencies.Length];
        var mislabelled = 0;
        for (var x = 0; x < frequencies.Length; x++)
        {
            // Labels are uniform, so every guess is as good as any other: class 0.
            var guessIsWrong = random.Next(classes) != 0;
            fitting[x] = sample.Seen[x] == 0 && guessIsWrong ? 1 : 0;
            refusing[x] = sample.Seen[x] <= 1 && guessIsWrong ? 1 : 0;
            if (sample.Seen[x] == 1 && guessIsWrong)
                mislabelled++;
        }
        var error = SubpopulationRisk.Error(frequencies, fitting);
        return new(
            SubpopulationRisk.Error(frequencies, refusing) - error, tau[1] * mislabelled, (double)mislabelled / examples,
            (double)sample.Occupancy(1)[1] / examples, error, [.. tau[1..].Select(value => examples * value)],
            [.. Enumerable.Range(1, Most).Select(seen => MeanFrequency(frequencies, sample, seen))]);
    }
    // #endregion discrete

    private static double MeanFrequency(double[] frequencies, SubpopulationSample sample, int seen)
    {
        var those = Enumerable.Range(0, frequencies.Length).Where(x => sample.Seen[x] == seen).ToArray();
        return those.Length < 20 ? double.NaN : those.Average(x => frequencies[x]) * sample.Subpopulations.Count;
    }
}
