namespace DailyPapers.Lab.Generalization.PacBayes;

/// <summary>Structural risk minimisation over prompts: the objective is the bound itself, so that a token must earn what it costs in probability.</summary>
public static class StructuralRisk
{
    /// <summary>McAllester's bound of all classes' prompts together, whose divergence is the sum of theirs.</summary>
    /// <param name="prior">The prior.</param>
    /// <param name="examples">n ≥ 1, the number of training examples.</param>
    /// <param name="delta">δ, between 0 and 1.</param>
    public static PromptObjective Bound(IPromptPrior prior, int examples, double delta)
    {
        ArgumentNullException.ThrowIfNull(prior);
        // A search changes one prompt at a time, so the others' divergences are remembered.
        int[]?[] seen = [];
        double[] nats = [];
        return (trainError, prompts) =>
        {
            if (seen.Length != prompts.Count)
                (seen, nats) = (new int[prompts.Count][], new double[prompts.Count]);
            for (var c = 0; c < prompts.Count; c++)
                if (!ReferenceEquals(seen[c], prompts[c]))
                    (seen[c], nats[c]) = (prompts[c], prior.NegativeLogProbability(prompts[c]));
            return PacBayesBound.McAllester(trainError, nats.Sum(), examples, delta);
        };
    }

    /// <summary>−ln P of all classes' prompts together.</summary>
    public static double Divergence(IPromptPrior prior, IReadOnlyList<int[]> prompts)
    {
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(prompts);
        return prompts.Sum(prompt => prior.NegativeLogProbability(prompt));
    }
}
