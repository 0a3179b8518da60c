using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>Hidden layers of a click model: linear, batch norm if wanted, ReLU, dropout if wanted; no output layer.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class MlpTower : Module<Tensor, Tensor>
{
    private readonly Sequential _layers;
    private readonly long _inputs;

    /// <summary>Layers at their initial weights.</summary>
    /// <param name="inputs">Numbers in.</param>
    /// <param name="hiddenUnits">Neurons of each layer, at least one layer.</param>
    /// <param name="dropout">The share of activations dropped while training.</param>
    /// <param name="batchNorm">Whether a batch norm follows each linear layer.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public MlpTower(long inputs, IReadOnlyList<int> hiddenUnits, double dropout = 0, bool batchNorm = false, Device? device = null, ScalarType? dtype = null)
        : base(nameof(MlpTower))
    {
        ArgumentNullException.ThrowIfNull(hiddenUnits);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenUnits.Count, 1, nameof(hiddenUnits));
        if (dropout is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "A share from 0 to below 1.");
        _inputs = inputs;
        Outputs = hiddenUnits[^1];
        var layers = new List<Module<Tensor, Tensor>>();
        var before = inputs;
        foreach (var units in hiddenUnits)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(units, 1, nameof(hiddenUnits));
            layers.Add(ClickInitialization.LinearLayer(before, units, device, dtype));
            if (batchNorm)
                layers.Add(BatchNorm1d(units, device: device, dtype: dtype));
            layers.Add(ReLU());
            if (dropout > 0)
                layers.Add(Dropout(dropout));
            before = units;
        }
        _layers = Sequential(layers);
        RegisterComponents();
    }

    /// <summary>Numbers out.</summary>
    public int Outputs { get; }

    /// <inheritdoc/>
    /// <param name="input">(n, inputs).</param>
    /// <returns>(n, outputs), none negative where there is no dropout.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _inputs);
        return _layers.call(input);
    }
}
