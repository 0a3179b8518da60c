using DailyPapers.Lab.Architectures.InfiniteWidth;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.InfiniteWidth;

public sealed class LinearFeatureNetTests
{
    [Fact]
    public void The_limit_begins_at_zero_and_its_first_step_is_that_of_the_linear_kernel()
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = Data(8, 5, 2);
        using var net = LinearFeatureNet.Limit(5, 2);
        Assert.Equal(0, net.Forward(inputs).abs().max().item<double>());
        net.Step(inputs, -targets, 1e-4);
        // U moves too, but that shows at second order only: W U is zero at first and W Wᵀ gives the kernel a second time.
        Assert.True(allclose(net.Forward(inputs) / 1e-4, inputs.mm(inputs.t()).mm(targets) * 2, rtol: 1e-2, atol: 1e-2));
    }

    [Fact]
    public void Wide_networks_are_near_the_limit_and_narrow_ones_are_not()
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = Data(20, 6, 2);
        double Distance(int width)
        {
            using var limit = LinearFeatureNet.Limit(6, 2);
            using var net = LinearFeatureNet.Sample(6, width, 2, LinearScaling.MaximalUpdate(width), new Seed(7));
            foreach (var each in new[] { limit, net })
                for (var step = 0; step < 8; step++)
                    each.Step(inputs, (each.Forward(inputs) - targets) / 20, 0.1);
            return (limit.Forward(inputs) - net.Forward(inputs)).abs().max().item<double>();
        }
        // Deviations fall like the root of the width, here by a factor of 16.
        var (narrow, wide) = (Distance(16), Distance(4096));
        Assert.InRange(narrow / wide, 5, 50);
        Assert.InRange(wide, 0, 0.03);
    }

    [Fact]
    public void The_mean_field_form_is_maximal_update()
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = Data(9, 4, 3);
        const int width = 50;
        using var net = new AbcMlp(AbcParametrization.MaximalUpdate(1), 4, width, 3, AbcActivation.Identity, new Seed(5));
        using var other = LinearFeatureNet.Sample(4, width, 3, LinearScaling.MaximalUpdate(width), new Seed(5));
        // The same noise: w^1 = U / √n and w^2 = W / √n.
        other.Input.copy_(net.Weights[0] * Math.Sqrt(width));
        other.Output.copy_(net.Weights[1] * Math.Sqrt(width));
        for (var step = 0; step < 10; step++)
        {
            net.Step(inputs, f => (f - targets) / 9, 0.2);
            other.Step(inputs, (other.Forward(inputs) - targets) / 9, 0.2);
        }
        Assert.True(allclose(net.Forward(inputs), other.Forward(inputs), rtol: 1e-9, atol: 1e-12));
    }

    [Fact]
    public void The_neural_tangent_scaling_is_that_parametrization()
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = Data(9, 4, 3);
        const int width = 50;
        using var net = new AbcMlp(AbcParametrization.NeuralTangent(1), 4, width, 3, AbcActivation.Identity, new Seed(5));
        using var other = LinearFeatureNet.Sample(4, width, 3, LinearScaling.NeuralTangent(width), new Seed(5));
        other.Input.copy_(net.Weights[0]);
        other.Output.copy_(net.Weights[1]);
        for (var step = 0; step < 10; step++)
        {
            net.Step(inputs, f => (f - targets) / 9, 0.2);
            other.Step(inputs, (other.Forward(inputs) - targets) / 9, 0.2);
        }
        Assert.True(allclose(net.Forward(inputs), other.Forward(inputs), rtol: 1e-9, atol: 1e-12));
    }

    private static (Tensor Inputs, Tensor Targets) Data(int count, int inputs, int outputs)
    {
        using var generator = new Seed(6).ToGenerator();
        return (randn([count, inputs], dtype: float64, generator: generator), randn([count, outputs], dtype: float64, generator: generator));
    }
}
