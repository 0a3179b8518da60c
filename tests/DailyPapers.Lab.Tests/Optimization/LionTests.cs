using CsCheck;
using DailyPapers.Lab.Optimization.Lion;
using DailyPapers.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Optimization;

public sealed class LionTests
{
    [Fact]
    public void Steps_are_those_of_the_algorithm() =>
        Gen.Select(Gen.Double[0.001, 0.5], Gen.Double[0, 0.99], Gen.Double[0, 0.99], Gen.Double[0, 0.5], Gen.Double[-2, 2].Array[4]).Sample(
            (rate, beta1, beta2, decay, gradients) =>
            {
                using var scope = NewDisposeScope();
                var weight = new Parameter(tensor(new[] { 0.7, -1.3 }));
                using var lion = new Lion([weight], rate, beta1, beta2, decay);
                double[] expected = [0.7, -1.3], momentum = [0, 0];
                for (var step = 0; step < gradients.Length; step++)
                {
                    // The gradient of g · w is g; of the second weight it is -g. Rounding decides the sign of what cancels.
                    var g = gradients[step];
                    if (Math.Abs(beta1 * momentum[0] + (1 - beta1) * g) < 1e-12)
                        return;
                    lion.zero_grad();
                    (weight * tensor(new[] { g, -g })).sum().backward();
                    lion.step();
                    for (var i = 0; i < 2; i++)
                    {
                        var gradient = i == 0 ? g : -g;
                        expected[i] -= rate * (Math.Sign(beta1 * momentum[i] + (1 - beta1) * gradient) + decay * expected[i]);
                        momentum[i] = beta2 * momentum[i] + (1 - beta2) * gradient;
                        Assert.Equal(expected[i], weight[i].item<double>(), 1e-12);
                    }
                }
            },
            iter: 50);

    [Fact]
    public void Only_the_signs_of_gradients_matter_to_the_first_step()
    {
        using var scope = NewDisposeScope();
        var (small, large) = (new Parameter(zeros(3)), new Parameter(zeros(3)));
        using var lion = new Lion([small, large], learningRate: 0.1);
        var direction = tensor(new float[] { 1, -2, 3 });
        ((small * direction).sum() + 1000 * (large * direction).sum()).backward();
        lion.step();
        Assert.Equal([-0.1f, 0.1f, -0.1f], small.data<float>().ToArray());
        Assert.Equal([-0.1f, 0.1f, -0.1f], large.data<float>().ToArray());
    }

    [Fact]
    public void Matrices_decay_and_vectors_do_not()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(2, 2);
        using (no_grad())
        {
            layer.weight.fill_(1);
            layer.bias!.fill_(1);
        }
        using var lion = Lion.WithDecayOfMatrices(layer, learningRate: 0.1, weightDecay: 0.5);
        // A gradient of zero has no sign, so that only the decay moves the weights.
        (0 * layer.call(zeros(1, 2)).sum()).backward();
        lion.step();
        Assert.All(layer.weight.data<float>().ToArray(), weight => Assert.Equal(0.95f, weight, 1e-6f));
        Assert.All(layer.bias!.data<float>().ToArray(), bias => Assert.Equal(1f, bias));
    }

    [Fact]
    public void Groups_have_options_of_their_own_and_parameters_without_a_gradient_stay()
    {
        using var scope = NewDisposeScope();
        var (fast, slow, idle) = (new Parameter(ones(2)), new Parameter(ones(2)), new Parameter(ones(2)));
        using var lion = new Lion([new LionGroup([fast], new() { LearningRate = 0.5 }), new LionGroup([slow, idle], new())], learningRate: 0.1, weightDecay: 0.2);
        (fast + slow).sum().backward();
        lion.step();
        Assert.Equal(1 - 0.5 * 1.2, fast[0].item<float>(), 1e-6);
        Assert.Equal(1 - 0.1 * 1.2, slow[0].item<float>(), 1e-6);
        Assert.Equal(1f, idle[0].item<float>());
    }

    [Fact]
    public void A_model_without_vectors_has_nothing_that_does_not_decay()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(2, 2, hasBias: false);
        using var lion = Lion.WithDecayOfMatrices(layer, learningRate: 0.1, weightDecay: 0.5);
        var before = layer.weight.detach().clone();
        (0 * layer.call(zeros(1, 2)).sum()).backward();
        lion.step();
        Assert.True((0.95 * before).allclose(layer.weight));
    }

    [Fact]
    public void A_saved_state_continues_as_the_original_would()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (new Parameter(ones(4)), new Parameter(ones(4)));
        using var original = new Lion([first], learningRate: 0.1, beta1: 0.8, weightDecay: 0.1);
        Push(first, original, 1);
        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true))
            original.save_state_dict(writer);
        file.Position = 0;
        using var copy = new Lion([second], learningRate: 0.7);
        using (var reader = new BinaryReader(file))
            copy.load_state_dict(reader);
        using (no_grad())
            second.copy_(first);
        // This gradient alone would point the other way: the step follows the momentum.
        Push(first, original, -0.02f);
        Push(second, copy, -0.02f);
        Assert.Equal(first.data<float>().ToArray(), second.data<float>().ToArray());

        static void Push(Parameter weight, Lion lion, float gradient)
        {
            lion.zero_grad();
            (weight * gradient).sum().backward();
            lion.step();
        }
    }

    [Fact]
    public void The_training_loop_minimises_with_it_and_sets_its_step_size()
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(tensor(new[] { 2.0, -3.0 }));
        using var lion = new Lion([weight], learningRate: 100);
        MinibatchTraining.Run(lion, new ShuffledBatches([0, 1, 2], 1, new Seed(1)), 0, 400, step => 0.03 * (1 - step / 400.0), _ => weight.square().sum(), TestContext.Current.CancellationToken);
        Assert.True(weight.abs().max().item<double>() < 0.2);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        using var weight = new Parameter(zeros(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lion([weight], learningRate: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lion([weight], beta1: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lion([weight], beta2: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lion([weight], weightDecay: -0.1));
    }
}
