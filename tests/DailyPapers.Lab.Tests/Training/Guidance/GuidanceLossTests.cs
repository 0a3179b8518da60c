using CsCheck;
using DailyPapers.Lab.Architectures.Guidance;
using DailyPapers.Lab.Training.Guidance;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Training.Guidance;

public sealed class GuidanceLossTests
{
    [Fact]
    public void Layers_are_matched_evenly_and_the_ends_to_the_ends()
    {
        Assert.Equal([(0, 0), (4, 1), (9, 2)], LayerMatching.Even(10, 3));
        Assert.Equal([(0, 0), (1, 4), (2, 9)], LayerMatching.Even(3, 10));
        Assert.Equal([(0, 0), (1, 1)], LayerMatching.Even(2, 2));
        Assert.Equal([(6, 0)], LayerMatching.Even(7, 1));
        Gen.Select(Gen.Int[2, 40], Gen.Int[2, 40]).Sample((target, guide) =>
        {
            var pairs = LayerMatching.Even(target, guide);
            Assert.Equal(Math.Min(target, guide), pairs.Count);
            Assert.Equal((0, 0), pairs[0]);
            Assert.Equal((target - 1, guide - 1), pairs[^1]);
            Assert.All(pairs.Zip(pairs.Skip(1)), two => Assert.True(two.Second.Target > two.First.Target && two.Second.Guide > two.First.Guide));
        });
    }

    [Fact]
    public void The_loss_sums_what_each_pair_lacks_and_reaches_the_targets_weights()
    {
        using var scope = NewDisposeScope();
        // With norms no layer is dead, whatever the initial weights.
        using var target = new DeepFullyConnected(16, 12, 5, 3, batchNorm: true, dtype: float64);
        using var guide = new DeepConvNet(1, 8, 1, 3, residual: true, dtype: float64);
        using var loss = new GuidanceLoss(target.Layers, guide, guide.Layers);
        var images = randn(9, 1, 4, 4, dtype: float64);
        var outputs = new List<Tensor>();
        var x = images.flatten(1);
        foreach (var layer in target.Layers)
            outputs.Add(x = layer.call(x));
        var expected = 0.0;
        var y = images;
        for (var depth = 0; depth < 4; depth++)
        {
            y = guide.Layers[depth].call(y);
            expected += 1 - CenteredKernelAlignment.Linear(outputs[depth], y).item<double>();
        }
        target.call(images);
        var value = loss.Value(images);
        Assert.Equal(expected, value.item<double>(), 1e-9);
        value.backward();
        Assert.All(target.Layers.SelectMany(layer => layer.parameters()).Where(parameter => parameter.dim() == 2), parameter => Assert.True(parameter.grad!.abs().sum().item<double>() > 0));
        Assert.All(guide.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_network_guided_by_its_copy_has_nothing_to_learn()
    {
        using var scope = NewDisposeScope();
        using var network = new DeepFullyConnected(8, 32, 3, 2, dtype: float64);
        using var copy = new DeepFullyConnected(8, 32, 3, 2, dtype: float64);
        copy.load_state_dict(network.state_dict());
        using var loss = new GuidanceLoss(network.Layers, copy, copy.Layers);
        var inputs = randn(7, 8, dtype: float64);
        network.call(inputs);
        var value = loss.Value(inputs);
        Assert.Equal(0, value.item<double>(), 1e-12);
        value.backward();
        // CKA is largest at 1, so its slope is zero there.
        Assert.True(network.Layers[0].parameters().First().grad!.abs().max().item<double>() < 1e-9);
        Assert.Contains("shares layers", Assert.Throws<ArgumentException>(() => new GuidanceLoss(network.Layers, network, network.Layers)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_guide_stays_as_it_is_though_it_has_batch_norms()
    {
        using var scope = NewDisposeScope();
        using var target = new DeepFullyConnected(16, 6, 4, 3);
        using var guide = new DeepConvNet(1, 2, 1, 3, residual: true, batchNorm: true);
        var before = guide.state_dict().Values.Select(value => value.clone()).ToList();
        using var loss = new GuidanceLoss(target.Layers, guide, guide.Layers);
        var images = randn(9, 1, 4, 4);
        target.call(images);
        loss.Value(images).backward();
        Assert.All(guide.state_dict().Values.Zip(before), two => Assert.True(two.First.equal(two.Second).all().item<bool>()));
    }

    [Fact]
    public void A_tap_outlives_what_a_sequence_frees_and_lets_go_when_told()
    {
        using var network = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2));
        using var tap = new ActivationTap([.. network.children().Cast<nn.Module<Tensor, Tensor>>()]);
        using var inputs = randn(5, 3);
        using (NewDisposeScope())
            network.call(inputs);
        Assert.Equal([5L, 4L], tap[0].shape);
        Assert.Equal([5L, 2L], tap[2].shape);
        tap.Clear();
        Assert.Contains("Layer 1 has put out nothing", Assert.Throws<InvalidOperationException>(() => tap[1]).Message, StringComparison.Ordinal);
        tap.Dispose();
        network.call(inputs).Dispose();
        Assert.Throws<InvalidOperationException>(() => tap[0]);
    }

    [Fact]
    public void Guidance_alone_aligns_a_target_with_its_guide()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).ToGenerator();
        using var target = SequenceTagger.Recurrent(5, 6, 8, 2);
        using var guide = SequenceTagger.Transformer(5, 7, 8, 2, 2);
        using var loss = new GuidanceLoss(target.Layers, guide, guide.Layers, tokenwise: true);
        using var optimizer = optim.Adam(target.parameters(), 0.01);
        var inputs = randint(0, 5, [20, 7], dtype: ScalarType.Int64, generator: generator);
        var first = Step();
        for (var step = 0; step < 80; step++)
            Step();
        Assert.True(Step() < 0.85 * first);

        double Step()
        {
            using var inner = NewDisposeScope();
            optimizer.zero_grad();
            target.call(inputs);
            var value = loss.Value(inputs);
            value.backward();
            optimizer.step();
            return value.item<float>();
        }
    }
}
