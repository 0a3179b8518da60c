using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Data.Pruning;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures;

public sealed class MlpEnsembleTests
{
    private static readonly int[] _widths = [4, 7, 6, 3];

    [Fact]
    public void A_step_is_Nesterovs_with_the_gradient_of_automatic_differentiation()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = Batches(2, 5, new Seed(1));
        const double stepSize = 0.1, momentum = 0.9, decay = 0.01;
        using var ensemble = new MlpEnsemble(2, _widths, new Seed(2), momentum, decay, ScalarType.Float64);
        var parameters = ensemble.Weights.Concat(ensemble.Biases).Select(p => p.clone().requires_grad_(true)).ToList();
        var velocities = parameters.Select(p => zeros_like(p)).ToList();
        for (var step = 0; step < 3; step++)
        {
            foreach (var parameter in parameters)
                parameter.grad = null;
            // A sum over members keeps their gradients apart.
            var logits = Forward(inputs, parameters);
            var loss = nn.functional.cross_entropy(logits.reshape(-1, 3), labels.reshape(-1), reduction: nn.Reduction.Sum) / inputs.shape[1];
            loss.backward();
            Assert.True(allclose(logits, ensemble.Step(inputs, labels, stepSize), rtol: 1e-10, atol: 1e-12));
            using var withoutGradients = no_grad();
            for (var i = 0; i < parameters.Count; i++)
            {
                var gradient = parameters[i].grad! + parameters[i] * decay;
                velocities[i] = velocities[i] * momentum + gradient;
                parameters[i].sub_((gradient + velocities[i] * momentum) * stepSize);
            }
        }
        foreach (var (expected, actual) in parameters.Zip(ensemble.Weights.Concat(ensemble.Biases)))
            Assert.True(allclose(expected, actual, rtol: 1e-9, atol: 1e-12));
    }

    [Fact]
    public void A_private_step_without_clipping_and_noise_is_a_plain_step()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = Batches(2, 5, new Seed(1));
        using var plain = new MlpEnsemble(2, _widths, new Seed(2), dtype: ScalarType.Float64);
        using var noiseless = new MlpEnsemble(2, _widths, new Seed(2), dtype: ScalarType.Float64);
        using var generator = new Seed(3).ToGenerator();
        for (var step = 0; step < 3; step++)
        {
            plain.Step(inputs, labels, 0.1).Dispose();
            noiseless.PrivateStep(inputs, labels, 0.1, clip: 1e9, noise: 0, lot: 5, generator);
        }
        foreach (var (expected, actual) in plain.Weights.Concat(plain.Biases).Zip(noiseless.Weights.Concat(noiseless.Biases)))
            Assert.True(allclose(expected, actual, rtol: 1e-9, atol: 1e-12));
    }

    [Fact]
    public void A_private_step_takes_every_example_at_the_clipping_norm_at_most()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(3).ToGenerator();
        var (inputs, labels) = Batches(1, 1, new Seed(1));
        using var network = new MlpEnsemble(1, _widths, new Seed(2), momentum: 0, dtype: ScalarType.Float64);
        var norm = network.GradientNorms(inputs[0], labels[0]).item<double>();
        foreach (var clip in (double[])[norm / 10, norm * 10])
        {
            using var copy = new MlpEnsemble(1, _widths, new Seed(2), momentum: 0, dtype: ScalarType.Float64);
            copy.PrivateStep(inputs, labels, 1, clip, noise: 0, lot: 1, generator);
            var moved = Math.Sqrt(network.Weights.Concat(network.Biases).Zip(copy.Weights.Concat(copy.Biases), (before, after) => (after - before).square().sum().item<double>()).Sum());
            Assert.Equal(Math.Min(norm, clip), moved, 1e-9);
        }
    }

    [Fact]
    public void A_private_step_on_no_example_is_noise_of_the_declared_size()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(3).ToGenerator();
        using var network = new MlpEnsemble(1, [40, 50, 3], new Seed(2), momentum: 0, dtype: ScalarType.Float64);
        var before = network.Weights[0].clone();
        network.PrivateStep(zeros([1, 0, 40], dtype: float64), zeros([1, 0], dtype: int64), 1, clip: 2, noise: 1.5, lot: 10, generator);
        Assert.Equal(0.3, (network.Weights[0] - before).std().item<double>(), 0.02);
    }

    [Fact]
    public void Without_momentum_a_step_goes_down_the_adjusted_gradient()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = Batches(2, 5, new Seed(5));
        using var ensemble = new MlpEnsemble(2, _widths, new Seed(6), momentum: 0, dtype: ScalarType.Float64);
        var before = ensemble.Weights.Concat(ensemble.Biases).Select(parameter => parameter.clone()).ToList();
        ensemble.Step(inputs, labels, 0.5, gradients =>
        {
            Assert.Equal(before.Select(parameter => parameter.shape), gradients.Select(gradient => gradient.shape));
            for (var k = 0; k < gradients.Count; k++)
                gradients[k].fill_(k);
        });
        var after = ensemble.Weights.Concat(ensemble.Biases).ToList();
        for (var k = 0; k < after.Count; k++)
            Assert.True(allclose(before[k] - 0.5 * k, after[k]));
    }

    [Fact]
    public void Gradient_norms_are_those_of_a_backward_pass_for_each_example()
    {
        using var scope = NewDisposeScope();
        var (batches, batchLabels) = Batches(1, 6, new Seed(3));
        var (inputs, labels) = (batches[0], batchLabels[0]);
        using var ensemble = new MlpEnsemble(2, _widths, new Seed(4), dtype: ScalarType.Float64);
        var norms = ensemble.GradientNorms(inputs, labels);
        var lastNorms = ensemble.GradientNorms(inputs, labels, lastLayerOnly: true);
        for (var member = 0; member < 2; member++)
            for (var example = 0; example < 6; example++)
            {
                var parameters = ensemble.Weights.Concat(ensemble.Biases).Select(p => p.narrow(0, member, 1).clone().requires_grad_(true)).ToList();
                nn.functional.cross_entropy(Forward(inputs.narrow(0, example, 1).unsqueeze(0), parameters)[0], labels.narrow(0, example, 1)).backward();
                Assert.Equal(Math.Sqrt(parameters.Sum(p => p.grad!.square().sum().item<double>())), norms[member, example].item<double>(), 1e-9);
                var last = parameters[2].grad!.square().sum().item<double>() + parameters[5].grad!.square().sum().item<double>();
                Assert.Equal(Math.Sqrt(last), lastNorms[member, example].item<double>(), 1e-9);
            }
    }

    [Fact]
    public void The_last_layers_norm_is_that_of_error_and_features()
    {
        using var scope = NewDisposeScope();
        var (batches, batchLabels) = Batches(1, 6, new Seed(5));
        var (inputs, labels) = (batches[0], batchLabels[0]);
        using var ensemble = new MlpEnsemble(3, _widths, new Seed(6), dtype: ScalarType.Float64);
        var features = inputs.unsqueeze(0).expand(3, -1, -1);
        for (var layer = 0; layer < 2; layer++)
            features = (features.bmm(ensemble.Weights[layer]) + ensemble.Biases[layer]).relu();
        Assert.True(allclose(
            ensemble.GradientNorms(inputs, labels, lastLayerOnly: true),
            ExampleScores.LastLayerGradNorm(features, ensemble.Logits(inputs), labels), rtol: 1e-10, atol: 1e-12));
    }

    [Fact]
    public void Members_do_not_touch_each_other()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = Batches(2, 5, new Seed(7));
        using var one = new MlpEnsemble(2, _widths, new Seed(8), dtype: ScalarType.Float64);
        using var other = new MlpEnsemble(2, _widths, new Seed(8), dtype: ScalarType.Float64);
        var changed = inputs.clone();
        changed[1] = changed[1] * 2 + 1;
        one.Step(inputs, labels, 0.1);
        other.Step(changed, labels, 0.1);
        Assert.True(one.Weights[0][0].equal(other.Weights[0][0]).all().item<bool>());
        Assert.False(one.Weights[0][1].equal(other.Weights[0][1]).all().item<bool>());
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MlpEnsemble(0, _widths, new Seed(1)));
        Assert.Throws<ArgumentException>(() => new MlpEnsemble(1, [3], new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MlpEnsemble(1, _widths, new Seed(1), momentum: 1));
        using var ensemble = new MlpEnsemble(1, _widths, new Seed(1));
        Assert.Throws<ArgumentException>(() => ensemble.Step(zeros(5, 4), zeros(5, dtype: int64), 0.1));
    }

    private static Tensor Forward(Tensor inputs, List<Tensor> parameters)
    {
        var hidden = inputs;
        for (var layer = 0; layer < 3; layer++)
        {
            hidden = hidden.bmm(parameters[layer]) + parameters[3 + layer];
            if (layer < 2)
                hidden = hidden.relu();
        }
        return hidden;
    }

    private static (Tensor Inputs, Tensor Labels) Batches(int members, int size, Seed seed)
    {
        using var generator = seed.ToGenerator();
        return (randn([members, size, 4], dtype: ScalarType.Float64, generator: generator), randint(0, 3, [members, size], dtype: ScalarType.Int64, generator: generator));
    }
}
