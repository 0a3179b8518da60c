using DailyPapers.Lab.Generalization.Universality;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.UniversalityLens;

/// <summary>
/// The mixture by sampling (claims 7 and 8): logistic regression in the plane on a few samples, the exact mixture on a fine grid
/// against an ensemble of Langevin samples and against the single model of greatest likelihood.
/// </summary>
internal static class LangevinEnsemble
{
    /// <summary>Sizes of the ensemble; the last is all samples.</summary>
    internal static readonly int[] Sizes = [1, 4, 16, 64, 256, 1024];

    private const int DataSets = 24;
    private const int Samples = 32;
    private const int Batch = 8;
    private const int Chains = 16;
    private const int TestPoints = 256;
    private const int BurnIn = 600;
    private const int Spacing = 30;
    private const double PriorVariance = 4;
    private const double Edge = 8;
    private const int Side = 161;

    /// <summary>Expected log-losses on fresh inputs, nats, means over data sets; and the mean relative error of the full ensemble.</summary>
    internal sealed record Losses(double Truth, double Mixture, double BestLikelihood, double[] Ensemble, double RelativeError);

    internal static Losses Run(Seed seed, Action<double> progress)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.Stream("data").ToGenerator();
        var truth = randn(DataSets, 2, 1, dtype: float64, generator: generator) * Math.Sqrt(PriorVariance);
        var x = randn(DataSets, Samples, 2, dtype: float64, generator: generator);
        var y = rand(DataSets, Samples, 1, dtype: float64, generator: generator).lt(sigmoid(x.bmm(truth))).to(float64);
        var test = randn(DataSets, TestPoints, 2, dtype: float64, generator: generator);
        var logits = test.bmm(truth).squeeze(2); // (R, T)
        var p = sigmoid(logits);

        var (mixture, best) = Exact(x, y, test);
        progress(0.3);
        var logOne = new List<Tensor>(); // (C, R, T) a collection: ln P(1 | x) and ln P(0 | x)
        var logZero = new List<Tensor>();
        Sample(x, y, test, seed.Stream("chains"), progress, logOne, logZero);
        var (one, zero) = (cat(logOne), cat(logZero)); // (samples, R, T)
        Tensor EnsembleLoss(int size) => Loss(p, PosteriorEnsemble.LogPredict(one.narrow(0, 0, size)), PosteriorEnsemble.LogPredict(zero.narrow(0, 0, size)));

        var exact = Loss(p, mixture.log(), (1 - mixture).log()); // (R,)
        var full = EnsembleLoss(Sizes[^1]);
        return new(
            LogitLoss(p, logits).mean().item<double>(),
            exact.mean().item<double>(),
            LogitLoss(p, best).mean().item<double>(),
            [.. Sizes.Select(size => EnsembleLoss(size).mean().item<double>())],
            (full / exact - 1).abs().mean().item<double>());
    }

    // P(1 | x) of the mixture over the grid, and logits of the grid's most likely model, (R, T) each.
    private static (Tensor Mixture, Tensor Best) Exact(Tensor x, Tensor y, Tensor test)
    {
        using var scope = NewDisposeScope();
        var ticks = linspace(-Edge, Edge, Side, dtype: float64);
        var grid = stack([ticks.repeat_interleave(Side), ticks.repeat(Side)]); // (2, G)
        var logPrior = -grid.square().sum([0L]) / (2 * PriorVariance);
        var (mixtures, bests) = (new List<Tensor>(), new List<Tensor>());
        for (var data = 0; data < DataSets; data++)
        {
            using var one = NewDisposeScope();
            var logLikelihood = -nn.functional.softplus(x[data].mm(grid) * (1 - 2 * y[data])).sum([0L]); // (G,)
            var posterior = (logLikelihood + logPrior).softmax(0);
            mixtures.Add(sigmoid(test[data].mm(grid)).mv(posterior).MoveToOuterDisposeScope());
            bests.Add(test[data].mv(grid.select(1, logLikelihood.argmax().item<long>())).MoveToOuterDisposeScope());
        }
        return (stack(mixtures).MoveToOuterDisposeScope(), stack(bests).MoveToOuterDisposeScope());
    }

    // #region sample
    private static void Sample(Tensor x, Tensor y, Tensor test, Seed seed, Action<double> progress, List<Tensor> logOne, List<Tensor> logZero)
    {
        using var batches = seed.Stream("batches").ToGenerator();
        using var chains = new StochasticGradientLangevinDynamics(Gradient, zeros(DataSets, 2, Chains, dtype: float64), seed.Stream("noise"));
        var steps = BurnIn + Spacing * (Sizes[^1] / Chains);
        for (var step = 1; step <= steps; step++)
        {
            // From 0.05 down to 0.01: the bias of a finite step and of minibatches shrinks with it.
            chains.Step(0.01 + 0.04 / (1 + step / 100.0));
            if (step <= BurnIn || (step - BurnIn) % Spacing != 0)
                continue;
            using var scope = NewDisposeScope();
            var logits = test.bmm(chains.Parameters).permute(2, 0, 1); // (C, R, T)
            logOne.Add((-nn.functional.softplus(-logits)).MoveToOuterDisposeScope());
            logZero.Add((-nn.functional.softplus(logits)).MoveToOuterDisposeScope());
            progress(0.3 + 0.7 * step / steps);
        }

        // (R, 2, C): n/b times the batch's gradient, plus the prior's.
        Tensor Gradient(Tensor theta)
        {
            var rows = randperm(Samples, generator: batches).narrow(0, 0, Batch);
            var (inputs, labels) = (x.index_select(1, rows), y.index_select(1, rows));
            return inputs.transpose(1, 2).bmm(sigmoid(inputs.bmm(theta)) - labels) * ((double)Samples / Batch) + theta / PriorVariance;
        }
    }
    // #endregion sample

    // Expected log-loss over the test points of each data set, (R,).
    private static Tensor Loss(Tensor p, Tensor logOne, Tensor logZero) => -(p * logOne + (1 - p) * logZero).mean([1L]);

    // The same from logits, which does not overflow where a model is certain.
    private static Tensor LogitLoss(Tensor p, Tensor logits) => Loss(p, -nn.functional.softplus(-logits), -nn.functional.softplus(logits));
}
