using DailyPapers.Lab.Optimization.Fused;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Optimization.Fused;

public sealed class FusedAdamWTests
{
    [Theory]
    [InlineData(ScalarType.Float32, 2e-6)]
    [InlineData(ScalarType.Float64, 1e-14)]
    public void Every_step_is_that_of_the_plain_optimizer(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        var (plain, fused) = (Parameters(type), Parameters(type));
        var reference = optim.AdamW(plain, 0.01, 0.8, 0.95, 1e-7, 0.1);
        var optimizer = new FusedAdamW(fused, 0.01, 0.8, 0.95, 1e-7, 0.1);
        for (var step = 0; step < 25; step++)
        {
            foreach (var group in reference.ParamGroups.Concat(optimizer.ParamGroups))
                group.LearningRate = 0.01 / (1 + step);
            Step(reference, plain);
            Step(optimizer, fused);
            foreach (var (expected, actual) in plain.Zip(fused))
                Assert.True(expected.allclose(actual, tolerance, tolerance), $"step {step}");
        }
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays_and_groups_keep_their_options()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters(ScalarType.Float32);
        var before = parameters.Select(parameter => parameter.detach().clone()).ToArray();
        var optimizer = new FusedAdamW([new AdamW.ParamGroup([parameters[0]], 0.5, weight_decay: 0.01), new AdamW.ParamGroup([parameters[1], parameters[2]], 1e-3)]);
        (parameters[0].sum() + parameters[1].sum()).backward();
        optimizer.step();
        // The first step of Adam is the step size, whatever the gradient.
        Assert.Equal(0.5, (before[0] * (1 - 0.5 * 0.01) - parameters[0]).mean().item<float>(), 1e-4);
        Assert.Equal(1e-3, (before[1] - parameters[1]).mean().item<float>(), 1e-6);
        Assert.True(before[2].equal(parameters[2]).all().item<bool>());
    }

    [Fact]
    public void Its_state_goes_on_in_the_plain_optimizer()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Parameters(ScalarType.Float64), Parameters(ScalarType.Float64));
        var (fused, reference) = (new FusedAdamW(first), optim.AdamW(second, weight_decay: 0.01));
        for (var step = 0; step < 3; step++)
        {
            Step(fused, first);
            Step(reference, second);
        }
        var taken = optim.AdamW(first, weight_decay: 0.01);
        taken.load_state_dict(fused.state_dict());
        Step(taken, first);
        Step(reference, second);
        Assert.All(first.Zip(second), pair => Assert.True(pair.First.allclose(pair.Second, 1e-13, 1e-13)));
    }

    [Fact]
    public void Parameters_that_do_not_fit_take_the_plain_step()
    {
        using var scope = NewDisposeScope();
        Parameter[] Transposed() => [new Parameter(arange(12, dtype: float32).view(3, 4).t())];
        var (plain, fused) = (Transposed(), Transposed());
        Step(optim.AdamW(plain, weight_decay: 0.01), plain);
        Step(new FusedAdamW(fused), fused);
        Assert.True(plain[0].equal(fused[0]).all().item<bool>());
    }

    private static Parameter[] Parameters(ScalarType type)
    {
        new Seed(5).SeedTorch();
        return [new Parameter(randn(7, 33, dtype: type)), new Parameter(randn(3, dtype: type)), new Parameter(randn(64, dtype: type))];
    }

    private static void Step(optim.Optimizer optimizer, Parameter[] parameters)
    {
        optimizer.zero_grad();
        parameters.Select(parameter => (parameter.square() + parameter.sin()).sum()).Aggregate((a, b) => a + b).backward();
        optimizer.step();
    }
}
