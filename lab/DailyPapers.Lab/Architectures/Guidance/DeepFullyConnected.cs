using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Guidance;

/// <summary>A deep fully connected network without shortcuts: flattened inputs, hidden layers with ReLU, after a batch norm if wanted, an output layer.</summary>
/// <remarks>TorchSharp's initial weights, as in the paper's code; with them and without norms the signal fades by a constant factor a layer. They come from the global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class DeepFullyConnected : Module<Tensor, Tensor>
{
    private readonly ModuleList<Module<Tensor, Tensor>> _layers;
    private readonly Linear _output;
    private readonly long _inputs;

    /// <summary>A network at its initial weights.</summary>
    /// <param name="inputs">Numbers of an input.</param>
    /// <param name="width">Neurons of a hidden layer.</param>
    /// <param name="depth">Linear layers in all, at least 2.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="batchNorm">Whether a batch norm follows each hidden linear layer.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public DeepFullyConnected(long inputs, long width, int depth, int classes, bool batchNorm = false, Device? device = null, ScalarType? dtype = null)
        : base(nameof(DeepFullyConnected))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        _inputs = inputs;
        _layers = ModuleList<Module<Tensor, Tensor>>(
            [.. Enumerable.Range(0, depth - 1).Select(layer => Hidden(layer == 0 ? inputs : width))]);
        _output = Linear(width, classes, true, device, dtype);
        RegisterComponents();

        Sequential Hidden(long before) => batchNorm
            ? Sequential(Linear(before, width, true, device, dtype), BatchNorm1d(width, device: device, dtype: dtype), ReLU())
            : Sequential(Linear(before, width, true, device, dtype), ReLU());
    }

    /// <summary>The hidden layers with their ReLU, first to last.</summary>
    public IReadOnlyList<Module<Tensor, Tensor>> Layers => [.. _layers];

    /// <inheritdoc/>
    /// <param name="input">(n, ...), of as many numbers an example as inputs.</param>
    /// <returns>Logits, (n, classes).</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        var x = input.flatten(1);
        TensorShape.Require(x, nameof(input), TensorShape.Any, _inputs);
        foreach (var layer in _layers)
            x = layer.call(x);
        return _output.call(x).MoveToOuterDisposeScope();
    }
}
