using DailyPapers.Lab.Generalization.LongTail;
using DailyPapers.Lab.Generalization.WeightCompander;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.WeightCompander;

/// <summary>What a trained network loses when weights are set to zero at once, without training again.</summary>
internal static class WeightRemoval
{
    private const int Draws = 5;

    /// <summary>Points of accuracy lost to the removal of weights at random, a share of each layer, mean over draws. Draws are the same for the same seed.</summary>
    internal static double AtRandom(Sequential network, ClassificationTask task, double share, Seed seed)
    {
        var whole = CompandedMlp.Accuracy(network, task);
        var lost = 0.0;
        for (var draw = 0; draw < Draws; draw++)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            using var generator = seed.Stream($"draw {draw}").ToGenerator();
            using var thinned = CompandedMlp.Folded(network);
            foreach (var weight in WeightStatistics.Weights(thinned))
                weight.mul_(rand(weight.shape, generator: generator).ge(share));
            lost += (whole - CompandedMlp.Accuracy(thinned, task)) / Draws;
        }
        return lost;
    }

    /// <summary>Points of accuracy lost to the removal of the smallest weights, a share of each layer.</summary>
    internal static double BySize(Sequential network, ClassificationTask task, double share)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var thinned = CompandedMlp.Folded(network);
        foreach (var weight in WeightStatistics.Weights(thinned))
            MagnitudePruner.Prune([weight.unsqueeze(0)], share);
        return CompandedMlp.Accuracy(network, task) - CompandedMlp.Accuracy(thinned, task);
    }
}
