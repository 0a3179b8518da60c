using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.NeuralNetworkKernels;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.ScalableNeuralNetworkKernels;

/// <summary>A perceptron, the same with kernel layers, and a narrow one of about the latter's size, trained alike.</summary>
internal static class MlpExperiment
{
    internal const int Width = 256;

    private const int Pixels = 784;

    internal static readonly string[] Names = ["mlp", "kernel-mlp", "narrow-mlp"];

    internal static (double Accuracy, long Parameters) Measure(
        string name, ImageSample images, int first, int second, int steps, double stepSize, Seed seed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        seed.Stream(name).SeedTorch();
        using var network = Build(name, first, second);
        Fitting.Run(network, network.parameters(), images.TrainImages, images.TrainLabels, steps, stepSize, seed.Stream("batches"), cancellation);
        return (100 * Classification.Evaluate(network, images.TestImages, images.TestLabels).Accuracy, ModelCost.Parameters(network));
    }

    // #region networks
    private static Network Build(string name, int first, int second) => name switch
    {
        "kernel-mlp" => nn.Sequential(
            nn.Flatten(),
            new ScalableKernelLinear(new ReluRandomFeatures(Pixels, first, orthogonal: true), Width),
            new ScalableKernelLinear(new ReluRandomFeatures(Width, second, orthogonal: true), Width),
            nn.Linear(Width, FashionMnist.Classes)),
        "mlp" => Plain(Width),
        _ => Plain(NarrowWidth(Width * (first + second) + (Width + 1) * FashionMnist.Classes)),
    };

    private static Network Plain(int width) => nn.Sequential(
        nn.Flatten(), nn.Linear(Pixels, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, FashionMnist.Classes));
    // #endregion networks

    /// <summary>The widest plain network that has no more parameters.</summary>
    private static int NarrowWidth(long parameters)
    {
        var width = 1;
        while ((Pixels + 1L) * (width + 1) + (width + 1L) * (width + 2) + (width + 2L) * FashionMnist.Classes <= parameters)
            width++;
        return width;
    }
}
