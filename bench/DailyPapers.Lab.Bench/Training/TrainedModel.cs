using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.Transformers;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Bench.Training;

/// <summary>A model that both sides train, with inputs and labels of its shape.</summary>
internal sealed class TrainedModel
{
    private const int Examples = 2048;
    private const int TokenExamples = 256;
    private const int Context = 64;
    private const int Vocabulary = 256;
    private const int Dim = 128;

    private TrainedModel(string name, string description, nn.Module<Tensor, Tensor> module, Tensor inputs, Tensor labels, int batch)
    {
        (Name, Description, Module, Inputs, Labels) = (name, description, module, inputs, labels);
        Batches = Rows((int)inputs.shape[0], batch);
    }

    internal static string[] Names { get; } = ["tiny", "mlp", "cnn", "cnn-channels-last", "transformer"];

    internal string Name { get; }

    internal string Description { get; }

    internal nn.Module<Tensor, Tensor> Module { get; }

    internal Tensor Inputs { get; }

    internal Tensor Labels { get; }

    /// <summary>Example numbers, a row a batch, taken in turn by all sides.</summary>
    internal Tensor Batches { get; }

    /// <summary>The loss of a batch.</summary>
    internal Tensor Loss(Tensor rows) => nn.functional.cross_entropy(
        Module.call(Inputs.index_select(0, rows)).flatten(0, -2), Labels.index_select(0, rows).flatten());

    internal static TrainedModel Create(string name)
    {
        new Seed(1).SeedTorch();
        return name switch
        {
            "tiny" => new(name, "MLP 64-64-10, ReLU, batch 32: little arithmetic, so that what every step costs besides shows",
                nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10)), randn(Examples, 64), randint(0, 10, [Examples], dtype: int64), 32),
            "mlp" => new(name, "MLP 784-512-512-10, ReLU, batch 128",
                nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)),
                randn(Examples, 784), randint(0, 10, [Examples], dtype: int64), 128),
            "cnn" => new(name, "two convolutions 3 × 3 (16, 32 channels) on 28 × 28, pooling, hidden layer of 128, batch 64",
                PlainConvNet(), randn(Examples, 1, 28, 28), randint(0, 10, [Examples], dtype: int64), 64),
            "cnn-channels-last" => new(name, "the same, images channels last on both sides (the lab's SmallConvNet)",
                new SmallConvNet(28, 16, 128, 10), randn(Examples, 1, 28, 28), randint(0, 10, [Examples], dtype: int64), 64),
            "transformer" => new(name, "causal transformer, 4 layers, 128 channels, 4 heads, 64 tokens, vocabulary 256, batch 16", Transformer(),
                randint(0, Vocabulary, [TokenExamples, Context], dtype: int64), randint(0, Vocabulary, [TokenExamples, Context], dtype: int64), 16),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"Use one of {string.Join(", ", Names)}."),
        };
    }

    private static nn.Module<Tensor, Tensor> PlainConvNet() => nn.Sequential(
        nn.Conv2d(1, 16, 3, padding: 1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding: 1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10));

    private static nn.Module<Tensor, Tensor> Transformer() => nn.Sequential(
    [
        nn.Embedding(Vocabulary, Dim),
        .. Enumerable.Range(0, 4).Select(_ => (nn.Module<Tensor, Tensor>)TransformerBlock.Plain(Dim, 4, 4 * Dim, causal: true)),
        nn.LayerNorm(Dim),
        nn.Linear(Dim, Vocabulary),
    ]);

    private static Tensor Rows(int examples, int batch)
    {
        using var scope = NewDisposeScope();
        return randperm(examples, dtype: int64).view(-1, batch).MoveToOuterDisposeScope();
    }
}
