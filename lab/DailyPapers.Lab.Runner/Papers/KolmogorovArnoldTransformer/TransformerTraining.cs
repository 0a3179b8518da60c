using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.KolmogorovArnold;
using DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;
using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Optimization.Fused;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.KolmogorovArnoldTransformer;

/// <summary>Small vision transformers on Fashion-MNIST that differ in their feed-forward parts only (claims 1 to 3).</summary>
internal sealed class TransformerTraining(ImageSample data, TransformerTraining.Setting setting, Seed seed)
{
    /// <summary>The feed-forward parts that are compared.</summary>
    internal static readonly string[] Kinds = ["mlp", "kat", "kat-xavier", "kat-per-channel"];

    /// <summary>How many times the loss is noted.</summary>
    internal const int Looks = 20;

    private const int Batch = 50;
    private const double WeightDecay = 0.05;

    private static readonly VisionTransformerOptions _options = new(Side: 28, Patch: 7, Dim: 64, Depth: 2, Heads: 4, Classes: 10, ClassToken: false);

    /// <summary>What the reader may change.</summary>
    /// <param name="Epochs">Passes over the training images.</param>
    /// <param name="MlpStep">Largest step size of the transformer with MLPs.</param>
    /// <param name="KatStep">That of the transformers with rational functions.</param>
    internal sealed record Setting(int Epochs, double MlpStep, double KatStep);

    /// <summary>What came of a training.</summary>
    /// <param name="Accuracy">On the test images, in percent.</param>
    /// <param name="Loss">Mean training loss of each of <see cref="Looks"/> stretches, nats.</param>
    /// <param name="Functions">The functions of the last block's second layer as they ended, at <see cref="Places"/>, one a group.</param>
    internal sealed record Outcome(double Accuracy, double[] Loss, double[][] Functions);

    /// <summary>Where the learnt functions are drawn.</summary>
    internal static double[] Places { get; } = [.. Enumerable.Range(-40, 81).Select(i => i / 10.0)];

    /// <summary>Parameters of the whole model.</summary>
    internal static long Parameters(string kind)
    {
        using var model = Create(kind);
        return ModelCost.Parameters(model);
    }

    /// <summary>Parameters of the rational functions alone.</summary>
    internal static long FunctionParameters(string kind)
    {
        using var model = Create(kind);
        return model.modules().OfType<RationalActivation>().Sum(ModelCost.Parameters);
    }

    // #region train
    internal Outcome Train(string kind, Action<double> progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        seed.Stream("weights").SeedTorch();
        using var model = Create(kind);
        var count = (int)data.TrainImages.shape[0];
        var steps = setting.Epochs * (count / Batch);
        var schedule = new CosineSchedule(kind == "mlp" ? setting.MlpStep : setting.KatStep, steps, warmup: steps / 10);
        using var optimizer = new FusedAdamW(model.parameters(), weightDecay: WeightDecay);
        var batches = new ShuffledBatches(count, Batch, seed.Stream("batches"));
        var losses = new double[Looks];
        for (var look = 0; look < Looks; look++)
        {
            var (from, until) = (steps * look / Looks, steps * (look + 1) / Looks);
            var sum = 0.0;
            MinibatchTraining.Run(optimizer, batches, from, until, schedule.At, examples =>
            {
                var loss = nn.functional.cross_entropy(model.call(data.TrainImages.index_select(0, examples)), data.TrainLabels.index_select(0, examples));
                sum += loss.item<float>();
                return loss;
            }, cancellation);
            losses[look] = sum / (until - from);
            progress((look + 1.0) / Looks);
        }
        var (accuracy, _) = Classification.Evaluate(model, data.TestImages, data.TestLabels);
        return new(100 * accuracy, losses, Functions(model));
    }

    private static VisionTransformer Create(string kind) => kind switch
    {
        "mlp" => VisionTransformer.Plain(_options),
        "kat" => Architectures.KolmogorovArnold.KolmogorovArnoldTransformer.Create(_options),
        "kat-xavier" => Architectures.KolmogorovArnold.KolmogorovArnoldTransformer.Create(_options, variancePreserving: false),
        "kat-per-channel" => Architectures.KolmogorovArnold.KolmogorovArnoldTransformer.Create(_options, groups: 0),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of feed-forward part."),
    };
    // #endregion train

    private static double[][] Functions(VisionTransformer model)
    {
        if (((TransformerBlock)model.Blocks[^1]).FeedForward is not GroupRationalKan kan)
            return [];
        var activation = kan.Second.Activation;
        var groups = (int)activation.Denominator.shape[0];
        var width = kan.Second.Weights.in_features / groups;
        using var inference = no_grad();
        // Every channel at every place; a group's channels agree, so the first of each is taken.
        var values = activation.call(tensor(Places, dtype: float32).unsqueeze(1).expand(-1, groups * width).contiguous());
        return [.. Enumerable.Range(0, groups).Select(group => values.select(1, group * width).to(float64).data<double>().ToArray())];
    }
}
