using DailyPapers.Lab.Architectures.InfiniteWidth;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization;
using DailyPapers.Lab.Training.FewShot;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.TensorProgramsFeatureLearning;

/// <summary>One-shot classification of unseen glyphs after first-order MAML, for µP networks, their limit and kernel limits (claim 3).</summary>
internal sealed class FewShotExperiment : IDisposable
{
    internal const int Ways = 5;
    internal const int TestSteps = 20;

    private const int PerClass = 10;
    private const int TrainClasses = 120, ValidationClasses = 30, TestClasses = 50;
    private const int TasksOfStep = 32;
    private const int Side = 10;

    internal static readonly int[] Widths = [2, 8, 32, 128];

    private static readonly double[] _innerRates = [3, 10, 30];
    private static readonly double[] _outerRates = [0.03, 0.1, 0.3];

    private readonly Setting _setting;
    private readonly Seed _seed;
    private readonly Tensor _pool; // (classes · PerClass, d), centred, mean squared norm 1
    private readonly FewShotTasks _validation;
    private readonly FewShotTasks _test;

    /// <param name="MetaSteps">Steps of meta-training.</param>
    /// <param name="TestTasks">Tasks that accuracies are measured on.</param>
    /// <param name="Jitter">How much examples of a glyph differ.</param>
    /// <param name="Noise">Standard deviation of the noise on a pixel.</param>
    /// <param name="OutputScale">σ_v of µP networks.</param>
    internal sealed record Setting(int MetaSteps, int TestTasks, double Jitter, double Noise, double OutputScale);

    /// <param name="Accuracy">Share of right answers on the test tasks, in percent.</param>
    /// <param name="StandardError">Its standard error over test tasks, in percentage points.</param>
    /// <param name="InnerRate">The chosen learning rate of the adaptation.</param>
    /// <param name="OuterRate">The chosen learning rate of the meta-training.</param>
    internal sealed record Result(double Accuracy, double StandardError, double InnerRate, double OuterRate);

    internal FewShotExperiment(Setting setting, Seed seed)
    {
        (_setting, _seed) = (setting, seed);
        using var scope = NewDisposeScope();
        var glyphs = StrokeGlyphs.Draw(
            TrainClasses + ValidationClasses + TestClasses, PerClass, Side, setting.Jitter, setting.Noise, seed.Stream("glyphs"));
        var centred = glyphs - glyphs.narrow(0, 0, TrainClasses * PerClass).mean([0L], keepdim: true);
        _pool = (centred / centred.square().sum(1).mean().sqrt()).DetachFromDisposeScope();
        _validation = Kept(FewShotTasks.Draw(TrainClasses, ValidationClasses, PerClass, Ways, 400, seed.Stream("validation").ToRandom()));
        _test = Kept(FewShotTasks.Draw(
            TrainClasses + ValidationClasses, TestClasses, PerClass, Ways, setting.TestTasks, seed.Stream("test").ToRandom()));
    }

    /// <summary>A µP network of finite width.</summary>
    internal Result MaximalUpdate(int width, Action<double> progress) => Tuned(
        () => new LinearMaml(
            LinearFeatureNet.Sample(
                Side * Side, width, Ways, LinearScaling.MaximalUpdate(width), _seed.Stream($"weights {width}"), _setting.OutputScale),
            _pool),
        progress);

    /// <summary>µP's limit.</summary>
    internal Result Limit(Action<double> progress) =>
        Tuned(() => new LinearMaml(LinearFeatureNet.Limit(Side * Side, Ways, _setting.OutputScale), _pool), progress);

    /// <summary>The kernel limits of the NTK parametrization: Σ and Θ of a ReLU network with one hidden layer, and the linear kernel.</summary>
    internal (Result Gaussian, Result Tangent, Result Linear) Kernels(Action<double> progress)
    {
        using var scope = NewDisposeScope();
        var scaled = _pool * Math.Sqrt(Side * Side); // the kernel divides by d
        var (gaussian, tangent) = new NeuralTangentKernel(hiddenLayers: 1).Evaluate(scaled, scaled);
        var linear = _pool.mm(_pool.t());
        return (
            Tuned(() => new KernelMaml(gaussian, Ways), done => progress(done / 3)),
            Tuned(() => new KernelMaml(tangent, Ways), done => progress((1 + done) / 3)),
            Tuned(() => new KernelMaml(linear, Ways), done => progress((2 + done) / 3)));
    }

    /// <summary>Examples of the first classes for the figure, pixels of [class, example]: as they are learned from, and the like without noise.</summary>
    internal (double[] Noisy, double[] Clean) Examples(int classes, int examples)
    {
        using var scope = NewDisposeScope();
        var clean = StrokeGlyphs.Draw(classes, PerClass, Side, _setting.Jitter, noise: 0, _seed.Stream("glyphs"));
        var rows = tensor(Enumerable.Range(0, classes).SelectMany(c => Enumerable.Range(0, examples).Select(e => (long)c * PerClass + e)).ToArray());
        return (Chosen(_pool), Chosen(clean));

        double[] Chosen(Tensor images) => images.index_select(0, rows).flatten().data<double>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[_pool, _validation.Support, _validation.Query, _test.Support, _test.Query])
            tensor.Dispose();
    }

    // #region tuned
    // Learning rates are chosen on classes of their own after a third of the steps; then the learner is trained anew.
    private Result Tuned(Func<IFewShotLearner> make, Action<double> progress)
    {
        var (best, inner, outer, tried) = (double.NegativeInfinity, 0.0, 0.0, 0);
        foreach (var innerRate in _innerRates)
            foreach (var outerRate in _outerRates)
            {
                using var candidate = make();
                Train(candidate, innerRate, outerRate, _setting.MetaSteps / 3);
                var (accuracy, _) = Accuracy(candidate, _validation, innerRate);
                if (accuracy > best)
                    (best, inner, outer) = (accuracy, innerRate, outerRate);
                progress(++tried / 12.0);
            }
        using var learner = make();
        Train(learner, inner, outer, _setting.MetaSteps);
        var (final, error) = Accuracy(learner, _test, inner);
        progress(1);
        return new(final, error, inner, outer);
    }
    // #endregion tuned

    // Every learner sees the same tasks.
    private void Train(IFewShotLearner learner, double innerRate, double outerRate, int steps)
    {
        var random = _seed.Stream("training tasks").ToRandom();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            learner.MetaStep(FewShotTasks.Draw(0, TrainClasses, PerClass, Ways, TasksOfStep, random), innerRate, outerRate, innerSteps: 1);
        }
    }

    private static (double Accuracy, double StandardError) Accuracy(IFewShotLearner learner, FewShotTasks tasks, double innerRate)
    {
        using var scope = NewDisposeScope();
        var right = learner.Predict(tasks, innerRate, TestSteps).argmax(2).eq(arange(Ways)).to(float64).mean([1L]); // (T,)
        return (100 * right.mean().item<double>(), 100 * right.std().item<double>() / Math.Sqrt(tasks.Support.shape[0]));
    }

    private static FewShotTasks Kept(FewShotTasks tasks) => new(tasks.Support.DetachFromDisposeScope(), tasks.Query.DetachFromDisposeScope());
}
