using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures;

/// <summary>A small LeNet for grey images: twice a 3 × 3 convolution, ReLU and pooling, then a hidden and an output layer.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class SmallConvNet : Module<Tensor, Tensor>
{
    private readonly int _side;
    private readonly Sequential _features;
    private readonly Linear _last;

    /// <summary>A network at its initial weights.</summary>
    /// <param name="side">Rows and columns of an image, at least 4.</param>
    /// <param name="channels">Channels of the first convolution; the second has twice as many.</param>
    /// <param name="width">Neurons of the hidden layer.</param>
    /// <param name="classes">Number of classes.</param>
    public SmallConvNet(int side, int channels, int width, int classes)
        : base(nameof(SmallConvNet))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        _side = side;
        var pooled = side / 2 / 2;
        _features = Sequential(
            Conv2d(1, channels, 3, padding: 1), ReLU(), MaxPool2d(2), Conv2d(channels, 2 * channels, 3, padding: 1), ReLU(), MaxPool2d(2),
            Flatten(), Linear(2L * channels * pooled * pooled, width), ReLU());
        _last = Linear(width, classes);
        RegisterComponents();
    }

    /// <summary>The output layer.</summary>
    public Linear Last => _last;

    /// <summary>What the output layer reads, (n, width).</summary>
    /// <param name="images">(n, 1, side, side).</param>
    /// <exception cref="ArgumentException">Images of another shape.</exception>
    public Tensor Features(Tensor images)
    {
        TensorShape.Require(images, nameof(images), TensorShape.Any, 1, _side, _side);
        return _features.call(ChannelsLast.Of(images));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => _last.call(Features(input));
}
