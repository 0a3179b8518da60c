using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Guidance;

/// <summary>An Elman layer over a sequence, h_t = tanh(W x_t + b + U h_{t−1} + c), from h = 0, as a module of one input, so that its output can be tapped.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class RecurrentLayer : Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.RNN _cell;
    private readonly long _inputs;

    /// <summary>A layer at its initial weights.</summary>
    /// <param name="inputs">Numbers of a token.</param>
    /// <param name="hidden">Neurons.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public RecurrentLayer(long inputs, long hidden, Device? device = null, ScalarType? dtype = null)
        : base(nameof(RecurrentLayer))
    {
        _inputs = inputs;
        _cell = RNN(inputs, hidden, batchFirst: true, device: device, dtype: dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">(n, tokens, inputs).</param>
    /// <returns>h, (n, tokens, hidden).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, TensorShape.Any, _inputs);
        var (states, last) = _cell.call(input);
        last.Dispose();
        return states;
    }
}
