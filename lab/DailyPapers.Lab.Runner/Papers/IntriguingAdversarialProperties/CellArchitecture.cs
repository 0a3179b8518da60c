using DailyPapers.Lab.Data;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.IntriguingAdversarialProperties;

/// <summary>A small convolutional network as a point of the search space.</summary>
/// <param name="Layers">Convolutions, 1 to 3, each followed by pooling that halves the sides.</param>
/// <param name="Channels">Channels of each, 4, 8 or 16.</param>
/// <param name="Kernel">Kernel's side, 1, 3 or 5.</param>
/// <param name="Pooling">0 maximum, 1 mean, 2 none but a stride of 2.</param>
/// <param name="Activation">0 ReLU, 1 tanh, 2 ELU.</param>
/// <param name="Hidden">Neurons of a dense layer before the last, 0 (no such layer), 32 or 64.</param>
internal sealed record CellArchitecture(int Layers, int Channels, int Kernel, int Pooling, int Activation, int Hidden)
{
    private static readonly int[][] _choices = [[1, 2, 3], [4, 8, 16], [1, 3, 5], [0, 1, 2], [0, 1, 2], [0, 32, 64]];

    /// <summary>An architecture drawn at random.</summary>
    internal static CellArchitecture Draw(Random random) => From([.. _choices.Select(choices => choices[random.Next(choices.Length)])]);

    /// <summary>The same with one property changed to another value.</summary>
    internal CellArchitecture Mutate(Random random)
    {
        int[] values = [Layers, Channels, Kernel, Pooling, Activation, Hidden];
        var property = random.Next(values.Length);
        var others = _choices[property].Where(choice => choice != values[property]).ToArray();
        values[property] = others[random.Next(others.Length)];
        return From(values);
    }

    /// <summary>The network with random weights.</summary>
    internal Network Build(Seed seed)
    {
        seed.SeedTorch();
        var modules = new List<Network>();
        var (channels, side) = (1, FashionImages.Side);
        for (var layer = 0; layer < Layers; layer++)
        {
            modules.Add(nn.Conv2d(channels, Channels, Kernel, stride: Pooling == 2 ? 2 : 1, padding: Kernel / 2));
            modules.Add(Nonlinearity());
            if (Pooling != 2)
                modules.Add(Pooling == 0 ? nn.MaxPool2d(2) : nn.AvgPool2d(2));
            (channels, side) = (Channels, Pooling == 2 ? (side + 1) / 2 : side / 2);
        }
        modules.Add(nn.Flatten());
        var features = channels * side * side;
        if (Hidden > 0)
        {
            modules.Add(nn.Linear(features, Hidden));
            modules.Add(Nonlinearity());
        }
        modules.Add(nn.Linear(Hidden > 0 ? Hidden : features, FashionMnist.Classes));
        return nn.Sequential(modules);
    }

    private static CellArchitecture From(int[] values) => new(values[0], values[1], values[2], values[3], values[4], values[5]);

    private Network Nonlinearity() => Activation switch { 0 => nn.ReLU(), 1 => nn.Tanh(), _ => nn.ELU() };
}
