using DailyPapers.Lab.Architectures.InfiniteWidth;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Training.FewShot;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Training.FewShot;

public sealed class FewShotLearnerTests
{
    [Fact]
    public void Tasks_hold_different_classes_and_two_different_examples_of_each()
    {
        using var scope = NewDisposeScope();
        var tasks = FewShotTasks.Draw(10, 8, 4, 5, 200, new Seed(1).ToRandom());
        var support = tasks.Support.data<long>().ToArray();
        var query = tasks.Query.data<long>().ToArray();
        for (var task = 0; task < 200; task++)
        {
            var classes = Enumerable.Range(5 * task, 5).Select(i => support[i] / 4).ToArray();
            Assert.Equal(5, classes.Distinct().Count());
            Assert.All(classes, c => Assert.InRange(c, 10, 17));
        }
        Assert.All(support.Zip(query), pair => Assert.True(pair.First / 4 == pair.Second / 4 && pair.First != pair.Second));
        Assert.Throws<ArgumentOutOfRangeException>(() => FewShotTasks.Draw(0, 4, 4, 5, 1, new Seed(1).ToRandom()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Adaptation_in_the_span_of_the_support_is_gradient_descent(int steps)
    {
        using var scope = NewDisposeScope();
        var pool = Pool();
        using var learner = new LinearMaml(LinearFeatureNet.Limit(7, 3), pool);
        var tasks = FewShotTasks.Draw(0, 5, 4, 3, 2, new Seed(3).ToRandom());
        var predicted = learner.Predict(tasks, 1.5, steps);
        for (var task = 0; task < 2; task++)
        {
            using var net = LinearFeatureNet.Limit(7, 3);
            var support = pool.index_select(0, tasks.Support[task]);
            for (var step = 0; step < steps; step++)
                net.Step(support, (net.Forward(support).softmax(1) - eye(3, dtype: float64)) / 3, 1.5);
            Assert.True(allclose(net.Forward(pool.index_select(0, tasks.Query[task])), predicted[task], rtol: 1e-9, atol: 1e-12));
        }
    }

    [Fact]
    public void A_meta_step_descends_along_the_query_gradient_at_the_adapted_parameters()
    {
        using var scope = NewDisposeScope();
        var pool = Pool();
        var net = LinearFeatureNet.Sample(7, 12, 3, LinearScaling.MaximalUpdate(12), new Seed(4));
        using var learner = new LinearMaml(net, pool);
        var tasks = FewShotTasks.Draw(0, 5, 4, 3, 2, new Seed(3).ToRandom());
        var (input, output) = (net.Input.clone(), net.Output.clone());
        Tensor inputGradient = zeros_like(input), outputGradient = zeros_like(output);
        for (var task = 0; task < 2; task++)
        {
            using var own = LinearFeatureNet.Sample(7, 12, 3, LinearScaling.MaximalUpdate(12), new Seed(4));
            var support = pool.index_select(0, tasks.Support[task]);
            own.Step(support, (own.Forward(support).softmax(1) - eye(3, dtype: float64)) / 3, 2);
            var (u, w) = (own.Input.clone().requires_grad_(), own.Output.clone().requires_grad_());
            var logits = pool.index_select(0, tasks.Query[task]).mm(u.t()).mm(w.t()) / 12;
            nn.functional.cross_entropy(logits, arange(3)).backward();
            // In the mean-field form of µP the learning rate of both layers is n times the gradient's.
            inputGradient += u.grad! * 12 / 2;
            outputGradient += w.grad! * 12 / 2;
        }
        learner.MetaStep(tasks, 2, 0.5, 1);
        Assert.True(allclose(input - 0.5 * inputGradient, net.Input, rtol: 1e-9, atol: 1e-12));
        Assert.True(allclose(output - 0.5 * outputGradient, net.Output, rtol: 1e-9, atol: 1e-12));
    }

    [Fact]
    public void A_very_wide_tangent_network_learns_like_its_kernel()
    {
        using var scope = NewDisposeScope();
        var pool = Pool();
        const int width = 100_000;
        var net = LinearFeatureNet.Sample(7, width, 3, LinearScaling.NeuralTangent(width), new Seed(5));
        var start = net.Forward(pool);
        using var network = new LinearMaml(net, pool);
        using var kernel = new KernelMaml(pool.mm(pool.t()) * 2, 3, start);
        var random = new Seed(6).ToRandom();
        for (var step = 0; step < 5; step++)
        {
            var tasks = FewShotTasks.Draw(0, 5, 4, 3, 4, random);
            network.MetaStep(tasks, 0.3, 0.3, 2);
            kernel.MetaStep(tasks, 0.3, 0.3, 2);
        }
        var last = FewShotTasks.Draw(0, 5, 4, 3, 4, random);
        var (ofNetwork, ofKernel) = (network.Predict(last, 0.3, 2), kernel.Predict(last, 0.3, 2));
        using var untouched = new KernelMaml(pool.mm(pool.t()) * 2, 3, start);
        var moved = (ofKernel - untouched.Predict(last, 1e-9, 1)).abs().max().item<double>();
        Assert.InRange((ofNetwork - ofKernel).abs().max().item<double>() / moved, 0, 0.05);
    }

    [Fact]
    public void Glyphs_of_a_class_are_alike_and_fill_the_image_with_ink()
    {
        using var scope = NewDisposeScope();
        var still = StrokeGlyphs.Draw(3, 4, 10, jitter: 0, noise: 0, new Seed(8));
        Assert.Equal([12, 100], still.shape);
        Assert.True(allclose(still[0], still[3]));
        Assert.False(allclose(still[0], still[4], atol: 0.1));
        Assert.InRange(still.max().item<double>(), 0.9, 1);
        Assert.Equal(0, still.min().item<double>(), 0.01);
        var noisy = StrokeGlyphs.Draw(3, 400, 10, jitter: 0, noise: 0.5, new Seed(8));
        Assert.Equal(0.5, (noisy.narrow(0, 0, 400) - still[0]).std().item<double>(), 0.02);
        Assert.False(allclose(StrokeGlyphs.Draw(3, 4, 10, 0.1, 0, new Seed(8))[0], still[0], atol: 0.1));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => new KernelMaml(zeros(3, 4, dtype: float64), 2));
        Assert.Throws<ArgumentException>(() => new KernelMaml(eye(3, dtype: float64), 2, zeros(2, 2, dtype: float64)));
        using var net = LinearFeatureNet.Limit(4, 2);
        Assert.Throws<ArgumentException>(() => new LinearMaml(net, zeros(5, 3, dtype: float64)));
    }

    private static Tensor Pool()
    {
        using var generator = new Seed(2).ToGenerator();
        return randn([20, 7], dtype: float64, generator: generator);
    }
}
