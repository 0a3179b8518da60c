using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization.Adversarial;
using DailyPapers.Lab.Reporting;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.IntriguingAdversarialProperties;

/// <summary>Search for an architecture that withstands attacks after plain training (claim 13).</summary>
internal static class RobustSearch
{
    private const int Train = 4000;
    private const int Judged = 1000;
    private const int Test = 2000;
    private const int Iterations = 5;
    private const int Competing = 4;

    /// <summary>Accuracies in percent on test images: under attack of the best and of the median random architecture, and without attack.</summary>
    internal sealed record Outcome(
        double Best, double Median, double BestClean, double MedianClean, double Correlation, CellArchitecture Architecture, double[] Rewards);

    // #region search
    internal static Outcome Run(FashionMnist data, int population, int mutants, int steps, double epsilon, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = FashionImages.Draw(data.Train, Train + Judged, seed.Stream("images"));
        var (x, y) = (inputs.narrow(0, 0, Train), labels.narrow(0, 0, Train));
        var (judgedX, judgedY) = (inputs.narrow(0, Train, Judged), labels.narrow(0, Train, Judged));
        var (testX, testY) = FashionImages.Draw(data.Test, Test, seed.Stream("test"));
        var random = new List<(double Robust, double Clean)>();
        var tried = ArchitectureSearch.Evolve(
            CellArchitecture.Draw, (architecture, draws) => architecture.Mutate(draws),
            (architecture, number) =>
            {
                using var network = Trained(architecture, seed.Stream($"candidate {number}"));
                // The random ones are the baseline. They are not chosen by their reward, so the networks at hand will do.
                if (number < population)
                    random.Add((Robust(network, testX, testY), Clean(network)));
                progress((number + 1.0) / (population + mutants + 1));
                return Robust(network, judgedX, judgedY);
            },
            population, mutants, Math.Min(Competing, population), seed.Stream("evolution"));
        // The best is trained anew and tested on images that no reward was taken on: luck that it was chosen for is gone.
        var best = tried.MaxBy(candidate => candidate.Reward)!.Architecture;
        using var winner = Trained(best, seed.Stream("winner"));
        return new(
            Robust(winner, testX, testY), SeedStatistics.Median([.. random.Select(accuracy => accuracy.Robust)]), Clean(winner),
            SeedStatistics.Median([.. random.Select(accuracy => accuracy.Clean)]),
            random.Count < 2 ? double.NaN : RankCorrelation.Spearman([.. random.Select(accuracy => accuracy.Clean)], [.. random.Select(accuracy => accuracy.Robust)]),
            best, [.. tried.Select(candidate => candidate.Reward)]);

        Network Trained(CellArchitecture architecture, Seed stream) =>
            Networks.Train(architecture.Build(stream.Stream("weights")), x, y, steps, 0, stream.Stream("batches"), cancellation);

        double Clean(Network network) => 100 - 100 * Networks.ErrorRate(network, testX, testY);

        double Robust(Network network, Tensor images, Tensor classes)
        {
            using var inner = NewDisposeScope();
            return 100 - 100 * Networks.ErrorRate(network, Networks.InChunks(images, classes, (part, theirs) => ProjectedGradientDescent.Perturb(
                network.call, part, theirs, epsilon, Iterations, 2.5 * epsilon / Iterations, AttackObjective.NegativeGap)), classes);
        }
    }
    // #endregion search
}
