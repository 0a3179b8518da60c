namespace DailyPapers.Lab.Generalization.ModularAddition;

/// <summary>Removes neurons from a trained network (arXiv:2310.13061, section 2.2).</summary>
public static class NeuronPruner
{
    /// <summary>A copy without the neurons of lowest, or highest, score.</summary>
    /// <param name="network">The network; it stays as it is.</param>
    /// <param name="scores">A score a neuron.</param>
    /// <param name="fraction">The share to remove, from 0 to below 1; rounded down to whole neurons.</param>
    /// <param name="lowestFirst">Whether low scores go first.</param>
    /// <remarks>Neurons of equal score go in their order.</remarks>
    public static QuadraticMlp ByScore(QuadraticMlp network, IReadOnlyList<double> scores, double fraction, bool lowestFirst)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count != network.Width)
            throw new ArgumentException($"A network of {network.Width} neurons needs as many scores, not {scores.Count}.", nameof(scores));
        if (fraction is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The share to remove must be from 0 to below 1.");
        var sign = lowestFirst ? 1 : -1;
        var order = Enumerable.Range(0, scores.Count).OrderBy(neuron => sign * scores[neuron]);
        return network.Keep([.. order.Skip((int)(fraction * scores.Count)).Order()]);
    }
}
