using CsCheck;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization;

public sealed class TwoLayerReluTests
{
    private static readonly XorClusters _clusters = new(6, 3, 0.2);

    [Fact]
    public void The_gradient_is_the_slope_of_the_loss() =>
        Gen.Int[0, 1000].Sample(value =>
        {
            using var scope = NewDisposeScope();
            using var sample = _clusters.Sample(12, new Seed(value).Stream("data"), ScalarType.Float64);
            using var network = new TwoLayerRelu(6, 8, 0.5, new Seed(value).Stream("weights"), ScalarType.Float64);
            var direction = randn_like(network.Weights);
            var expected = (network.Gradient(sample.Inputs, sample.Labels) * direction).sum().ToDouble();
            const double h = 1e-6;
            network.Weights.add_(direction * h);
            var above = network.Loss(sample.Inputs, sample.Labels);
            network.Weights.sub_(direction * (2 * h));
            var below = network.Loss(sample.Inputs, sample.Labels);
            Assert.Equal(expected, (above - below) / (2 * h), 1e-5);
        }, iter: 30);

    [Fact]
    public void The_gradient_is_that_of_automatic_differentiation()
    {
        using var scope = NewDisposeScope();
        using var sample = _clusters.Sample(12, new Seed(1), ScalarType.Float64);
        using var network = new TwoLayerRelu(6, 8, 0.5, new Seed(2), ScalarType.Float64);
        var weights = network.Weights.clone().requires_grad_(true);
        var values = nn.functional.relu(sample.Inputs.matmul(weights.t())).matmul(network.Output);
        nn.functional.softplus(-sample.Labels * values).mean().backward();
        Assert.True(allclose(weights.grad!, network.Gradient(sample.Inputs, sample.Labels), rtol: 1e-12, atol: 1e-14));
    }

    [Fact]
    public void Descent_in_the_training_span_is_the_same_descent()
    {
        using var scope = NewDisposeScope();
        using var sample = _clusters.Sample(10, new Seed(3), ScalarType.Float64);
        using var fresh = _clusters.Sample(20, new Seed(4), ScalarType.Float64);
        using var plain = new TwoLayerRelu(6, 8, 0.3, new Seed(5), ScalarType.Float64);
        using var start = new TwoLayerRelu(6, 8, 0.3, new Seed(5), ScalarType.Float64);
        using var span = new SpanDescent(start, sample);
        using var points = span.Project(fresh.Inputs);
        for (var step = 0; step < 25; step++)
        {
            plain.Step(sample.Inputs, sample.Labels, 0.5);
            span.Step(0.5);
        }
        Assert.True(allclose(plain.Forward(fresh.Inputs), span.Values(points), rtol: 1e-9, atol: 1e-12));
        Assert.True(allclose(plain.Forward(sample.Inputs), span.TrainingValues(), rtol: 1e-9, atol: 1e-12));
        Assert.True(allclose(plain.LinearPart(fresh.Inputs.matmul(plain.Weights.t())), span.LinearValues(points), rtol: 1e-9, atol: 1e-12));
    }

    [Fact]
    public void The_linear_part_is_the_regression_of_f_on_a_symmetric_sample()
    {
        using var scope = NewDisposeScope();
        using var sample = _clusters.Sample(200, new Seed(6), ScalarType.Float64);
        using var network = new TwoLayerRelu(6, 8, 0.5, new Seed(7), ScalarType.Float64);
        var symmetric = cat([sample.Inputs, -sample.Inputs]);
        var regression = symmetric.matmul(linalg.lstsq(symmetric, network.Forward(symmetric).unsqueeze(1)).Solution).squeeze(1);
        Assert.True(allclose(regression, network.LinearPart(symmetric.matmul(network.Weights.t())), rtol: 1e-8, atol: 1e-10));
    }

    [Fact]
    public void Turning_the_data_and_the_weights_together_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var sample = _clusters.Sample(15, new Seed(8), ScalarType.Float64);
        using var network = new TwoLayerRelu(6, 8, 0.5, new Seed(9), ScalarType.Float64);
        var (rotation, _) = linalg.qr(randn(6, 6, dtype: ScalarType.Float64));
        var before = network.Forward(sample.Inputs);
        network.Weights.copy_(network.Weights.matmul(rotation));
        Assert.True(allclose(before, network.Forward(sample.Inputs.matmul(rotation)), rtol: 1e-10, atol: 1e-12));
    }

    [Fact]
    public void Exchanging_the_axes_and_the_signs_of_the_output_changes_the_sign()
    {
        using var scope = NewDisposeScope();
        using var network = new TwoLayerRelu(4, 6, 0.5, new Seed(10), ScalarType.Float64);
        var points = randn(9, 4, dtype: ScalarType.Float64);
        var swap = tensor(new long[] { 1, 0, 2, 3 });
        var before = network.Forward(points);
        network.Weights.copy_(network.Weights.index_select(1, swap));
        network.Output.neg_();
        Assert.True(allclose(-before, network.Forward(points.index_select(1, swap)), rtol: 1e-12, atol: 1e-12));
    }

    [Fact]
    public void A_trace_counts_flipped_and_clean_labels_apart()
    {
        using var scope = NewDisposeScope();
        using var sample = new XorSample(zeros(4, 2), tensor(new float[] { 1, 1, -1, -1 }), tensor(new float[] { 1, -1, -1, -1 }));
        var values = tensor(new float[] { 2, -1, -3, -1 });
        var trace = new GrokkingTrace();
        var point = trace.Observe(5, values, sample, values, values * 2, sample.CleanLabels);
        Assert.Equal(1, point.TrainingAccuracy);
        Assert.Equal(0.75, point.CleanTrainingAccuracy);
        Assert.Equal(0.75, point.TestAccuracy);
        Assert.Equal(1, point.Linearity, 12);
        Assert.Equal(5, trace.FirstStepAt(0.7));
        Assert.Null(trace.FirstStepAt(0.8));
        Assert.Throws<ArgumentException>(() => trace.At(4));
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoLayerRelu(6, 7, 0.5, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoLayerRelu(6, 8, 0, new Seed(1)));
    }
}
