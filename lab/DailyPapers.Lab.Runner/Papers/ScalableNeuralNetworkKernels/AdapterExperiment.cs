using DailyPapers.Lab.Architectures.NeuralNetworkKernels;
using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Training;
using TorchSharp;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.ScalableNeuralNetworkKernels;

/// <summary>
/// A small vision transformer, trained on five kinds of clothing, frozen, and adapted to the five others: by a new head alone, or with
/// adapters after each attention and each feed-forward part.
/// </summary>
internal sealed class AdapterExperiment : IDisposable
{
    private const int Dim = 64;

    internal static readonly string[] Kinds = ["head", "plain", "kernel", "small"];

    private static readonly VisionTransformerOptions _options = new(Side: 28, Patch: 7, Dim, Depth: 2, Heads: 4, Classes: 5);

    // The pairs that are hard to tell from each other are all in the second group.
    private static readonly long[] _before = [1, 5, 7, 8, 9];
    private static readonly long[] _after = [0, 2, 3, 4, 6];

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _trainImages;
    private readonly Tensor _trainLabels;
    private readonly Tensor _testImages;
    private readonly Tensor _testLabels;
    private readonly Dictionary<string, Tensor> _pretrained;
    private readonly int _bottleneck;
    private readonly int _directions;
    private readonly Seed _seed;

    /// <summary>Trains the transformer on the first five classes.</summary>
    internal AdapterExperiment(ImageSample images, int bottleneck, int directions, int steps, int examples, Seed seed, CancellationToken cancellation)
    {
        (_bottleneck, _directions, _seed) = (bottleneck, directions, seed);
        seed.Stream("before").SeedTorch();
        using var network = Build("head");
        var (x, y) = Of(images.TrainImages, images.TrainLabels, _before);
        Fitting.Run(network, network.parameters(), x, y, steps, 1e-3, seed.Stream("batches before"), cancellation);
        var (testX, testY) = Of(images.TestImages, images.TestLabels, _before);
        AccuracyBefore = 100 * Classification.Evaluate(network, testX, testY).Accuracy;
        _pretrained = network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone());
        (x, y) = Of(images.TrainImages, images.TrainLabels, _after);
        (_trainImages, _trainLabels) = (x[..examples], y[..examples]);
        (_testImages, _testLabels) = Of(images.TestImages, images.TestLabels, _after);
    }

    /// <summary>Test accuracy on the first five classes (%).</summary>
    internal double AccuracyBefore { get; }

    // #region adapt
    /// <summary>Adapts a copy of the transformer to the other five classes; the head and the adapters are trained, the rest is frozen.</summary>
    internal (double Accuracy, long Parameters) Adapt(string kind, int steps, double stepSize, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        _seed.Stream(kind).SeedTorch();
        using var network = Build(kind);
        using (no_grad())
        {
            foreach (var (name, values) in network.state_dict())
            {
                if (_pretrained.TryGetValue(name, out var stored) && !IsHead(name))
                    values.copy_(stored);
            }
        }
        var trained = network.named_parameters().Where(pair => IsHead(pair.name) || !_pretrained.ContainsKey(pair.name)).ToList();
        foreach (var (name, parameter) in network.named_parameters())
            parameter.requires_grad_(trained.Any(pair => pair.name == name));
        Fitting.Run(network, trained.Select(pair => pair.parameter), _trainImages, _trainLabels, steps, stepSize, _seed.Stream("batches"), cancellation);
        var accuracy = 100 * Classification.Evaluate(network, _testImages, _testLabels).Accuracy;
        return (accuracy, trained.Where(pair => !IsHead(pair.name)).Sum(pair => pair.parameter.numel()));
    }
    // #endregion adapt

    public void Dispose() => _scope.Dispose();

    private static bool IsHead(string name) => name.StartsWith("_head", StringComparison.Ordinal);

    private VisionTransformer Build(string kind)
    {
        return new(_options, _ => new TransformerBlock(
            nn.LayerNorm(Dim), WithAdapter(new MultiHeadAttention(Dim, _options.Heads)),
            nn.LayerNorm(Dim), WithAdapter(new FeedForward(Dim, _options.Hidden))));

        Network WithAdapter(Network part) => kind == "head" ? nn.Sequential(part) : nn.Sequential(part, Adapter(kind));
    }

    private Network Adapter(string kind) => kind switch
    {
        "kernel" => new KernelAdapter(new ReluRandomFeatures(Dim, _directions, orthogonal: true)),
        "plain" => new BottleneckAdapter(Dim, _bottleneck),
        // As many parameters as the kernel adapter, or just fewer: 2dr + r + d <= md + d.
        _ => new BottleneckAdapter(Dim, Math.Max(1, _directions * Dim / (2 * Dim + 1))),
    };

    // Images of the given classes, labelled from 0 in their order.
    private static (Tensor Images, Tensor Labels) Of(Tensor images, Tensor labels, long[] classes)
    {
        var relabelled = full_like(labels, -1L);
        for (var place = 0; place < classes.Length; place++)
            relabelled = relabelled.masked_fill(labels.eq(classes[place]), place);
        var rows = relabelled.ge(0).nonzero().squeeze(1);
        return (images.index_select(0, rows), relabelled.index_select(0, rows));
    }
}
