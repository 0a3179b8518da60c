using DailyPapers.Lab.Generalization.WeightCompander;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.WeightCompander;

/// <summary>What follows from the formula, measured.</summary>
internal static class ExactChecks
{
    private const double Wide = 1e4;

    /// <summary>The largest difference between the formula dw/dv = a b / (b² + v²) and automatic differentiation, in double precision.</summary>
    internal static double DerivativeError(CompanderShape shape, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var compander = ArctanCompander.ForDeviation(1, shape.Kappa, shape.Slope);
        var v = (10 * randn([1000], dtype: float64, generator: generator)).requires_grad_();
        var slopes = autograd.grad([compander.Compand(v).sum()], [v])[0];
        return (slopes - compander.Derivative(v)).abs().max().item<double>();
    }

    /// <summary>The largest difference of any weight after 20 steps of descent between a plain network and one with a = b = 10,000, whose function is the identity up to 10⁻⁸.</summary>
    internal static double IdentityDifference(ClassificationTask task, int width, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var plain = CompandedMlp.Initial(task, width, null, seed, dropout: 0).to(float64);
        var layers = plain.children().OfType<TorchSharp.Modules.Linear>().Select(layer =>
        {
            var companded = new CompandedLinear(layer.in_features, layer.out_features, new ArctanCompander(Wide, Wide), dtype: float64);
            using var frozen = no_grad();
            companded.Raw.copy_(companded.Reparameterization.Inverse(layer.weight));
            return companded;
        }).ToArray();
        using var companded = nn.Sequential(layers[0], nn.ReLU(), layers[1], nn.ReLU(), layers[2]);
        var inputs = task.TrainInputs.to(float64);
        foreach (var network in new nn.Module<Tensor, Tensor>[] { plain, companded })
        {
            using var optimizer = optim.SGD(network.parameters(), 0.05, momentum: 0.9);
            for (var step = 0; step < 20; step++)
            {
                using var inner = NewDisposeScope();
                optimizer.zero_grad();
                nn.functional.cross_entropy(network.call(inputs), task.TrainLabels).backward();
                optimizer.step();
            }
        }
        return WeightStatistics.Weights(plain).Zip(WeightStatistics.Weights(companded))
            .Max(pair => (pair.First - pair.Second).abs().max().item<double>());
    }

    /// <summary>The largest difference between the outputs of a network and of its folded form.</summary>
    internal static double FoldingDifference(TorchSharp.Modules.Sequential network, ClassificationTask task)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var folded = CompandedMlp.Folded(network);
        network.eval();
        return (network.call(task.TestInputs) - folded.call(task.TestInputs)).abs().max().to(float64).item<double>();
    }
}
