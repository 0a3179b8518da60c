namespace DailyPapers.Lab.Generalization.Adversarial;

/// <summary>
/// Search over architectures by evolution with ageing (Real et al. 2019): the best of a random sample of the living is mutated, its child
/// joins, and the oldest dies. A stand-in for the reinforcement learning of arXiv:1711.02846, section 5, with the same objective.
/// </summary>
public static class ArchitectureSearch
{
    /// <summary>A candidate and the reward it had.</summary>
    /// <typeparam name="T">What describes an architecture.</typeparam>
    /// <param name="Architecture">The architecture.</param>
    /// <param name="Reward">Larger is better.</param>
    public sealed record Candidate<T>(T Architecture, double Reward);

    // #region search
    /// <summary>All candidates in the order in which they were tried: first the random ones, then the mutants.</summary>
    /// <typeparam name="T">What describes an architecture.</typeparam>
    /// <param name="draw">Draws an architecture at random.</param>
    /// <param name="mutate">Changes an architecture a little.</param>
    /// <param name="reward">What is to be great; called once a candidate, with its number.</param>
    /// <param name="population">Random candidates, which is also how many live at a time; at least 1.</param>
    /// <param name="mutants">Candidates bred from them, at least 0.</param>
    /// <param name="sample">How many of the living compete to be the parent, from 1 to <paramref name="population"/>.</param>
    /// <param name="seed">The stream of draws and mutations.</param>
    public static IReadOnlyList<Candidate<T>> Evolve<T>(
        Func<Random, T> draw, Func<T, Random, T> mutate, Func<T, int, double> reward, int population, int mutants, int sample, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(draw);
        ArgumentNullException.ThrowIfNull(mutate);
        ArgumentNullException.ThrowIfNull(reward);
        ArgumentOutOfRangeException.ThrowIfLessThan(population, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(mutants);
        ArgumentOutOfRangeException.ThrowIfLessThan(sample, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sample, population);
        var random = seed.ToRandom();
        var tried = new List<Candidate<T>>();
        for (var i = 0; i < population; i++)
            Try(draw(random));
        for (var i = 0; i < mutants; i++)
        {
            var living = tried.GetRange(tried.Count - population, population).ToArray();
            random.Shuffle(living);
            Try(mutate(living.Take(sample).MaxBy(candidate => candidate.Reward)!.Architecture, random));
        }
        return tried;

        void Try(T architecture) => tried.Add(new(architecture, reward(architecture, tried.Count)));
    }
    // #endregion search
}
