using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.WideNet;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.Widenet;

/// <summary>What holds exactly, up to rounding.</summary>
internal static class ExactChecks
{
    // #region dispatch-error
    /// <summary>Gathered against dense: the largest difference of outputs and of gradients, over the largest value, at several capacities.</summary>
    internal static double DispatchError(Seed seed)
    {
        seed.SeedTorch();
        var worst = 0.0;
        foreach (var factor in new double?[] { null, 1.2, 0.5 })
        {
            using var scope = NewDisposeScope();
            using var mixture = new MixtureOfExperts(48, 192, 4, 2, factor, noiseStd: 0);
            var (input, upstream) = (randn(512, 48).requires_grad_(), randn(512, 48));
            Tensor[] Marked(Func<Tensor, Tensor> apply)
            {
                mixture.zero_grad();
                using (var old = input.grad)
                    input.grad = null;
                var output = apply(input);
                using var balance = mixture.TakeBalanceLoss()!;
                ((output * upstream).sum() + balance).backward();
                return [output.detach(), input.grad!.clone(), .. mixture.parameters().Select(parameter => parameter.grad!.clone())];
            }
            foreach (var (gathered, dense) in Marked(mixture.call).Zip(Marked(mixture.Dense)))
                worst = Math.Max(worst, ((gathered - dense).abs().max() / dense.abs().max().clamp_min(1e-30)).item<float>());
        }
        return worst;
    }
    // #endregion dispatch-error

    /// <summary>The shared weights' gradient against the sum of those of unshared copies: the largest difference over the largest value.</summary>
    internal static double SharedGradientError(Seed seed)
    {
        seed.SeedTorch();
        using var scope = NewDisposeScope();
        var config = DigitsTask.Config;
        var shared = new SharedDepthTransformer(config with { CapacityFactor = null });
        shared.eval(); // without noise, so that copies route alike
        var copies = Enumerable.Range(0, config.Depth).Select(_ => new SharedDepthTransformer(config with { Depth = 1, CapacityFactor = null })).ToArray();
        var own = shared.named_parameters().Where(part => !part.name.Contains("Norms", StringComparison.Ordinal)).ToArray();
        foreach (var copy in copies)
        {
            copy.eval();
            using var frozen = no_grad();
            foreach (var (name, parameter) in own)
                copy.named_parameters().Single(part => part.name == name).parameter.copy_(parameter);
        }
        var input = randn(8, 17, config.Dim);
        shared.call(input).square().sum().backward();
        copies.Aggregate(input, (tokens, copy) => copy.call(tokens)).square().sum().backward();
        return own.Max(part =>
        {
            var sum = copies.Select(copy => copy.named_parameters().Single(other => other.name == part.name).parameter.grad!).Aggregate((total, gradient) => total + gradient);
            return ((sum - part.parameter.grad!).abs().max() / sum.abs().max()).item<float>();
        });
    }

    /// <summary>Counted less computed parameters, the largest of three sizes on the meta device.</summary>
    internal static double ParameterFormulaError() => new[] { WideNetConfig.Base, WideNetConfig.Large, WideNetConfig.Huge }.Max(config =>
    {
        using var trunk = new SharedDepthTransformer(config, device: META);
        return (double)Math.Abs(ModelCost.Parameters(trunk) - config.LayerParameters());
    });

    /// <summary>A uniform router's balance loss.</summary>
    internal static double UniformBalance()
    {
        using var scope = NewDisposeScope();
        using var router = new TopKRouter(8, 4, 2, noiseStd: 0);
        using var frozen = no_grad();
        router.Scores.weight!.zero_();
        return BalanceLoss.Of(router.call(ones(100, 8))).item<float>();
    }
}
