using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Generalization.WeightCompander;

/// <summary>How a layer's weights are spread.</summary>
/// <param name="ExcessKurtosis">The fourth central moment over the squared variance, less 3: 0 for a normal distribution.</param>
/// <param name="NearZeroShare">The share of weights with |w| below a tenth of their standard deviation; 0.080 for a normal distribution.</param>
/// <param name="TailRatio">max |w| over the standard deviation.</param>
public sealed record WeightStatistics(double ExcessKurtosis, double NearZeroShare, double TailRatio)
{
    private const double NearZero = 0.1;

    /// <summary>Of one tensor.</summary>
    /// <exception cref="ArgumentException">All its values are equal, or there are fewer than two.</exception>
    public static WeightStatistics Compute(Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var w = weights.to(float64);
        var centred = w - w.mean();
        var variance = centred.square().mean().item<double>();
        if (!(variance > 0))
            throw new ArgumentException("Weights that are all equal have no spread.", nameof(weights));
        var deviation = Math.Sqrt(variance);
        return new(
            centred.pow(4).mean().item<double>() / (variance * variance) - 3,
            w.abs().lt(NearZero * deviation).to(float64).mean().item<double>(),
            w.abs().max().item<double>() / deviation);
    }

    /// <summary>The means over a module's linear layers and convolutions, companded ones by the weights in use.</summary>
    /// <exception cref="ArgumentException">There is no such layer.</exception>
    public static WeightStatistics Compute(Module module)
    {
        using var scope = NewDisposeScope();
        var layers = Weights(module).Select(Compute).ToList();
        return layers.Count > 0
            ? new(layers.Average(layer => layer.ExcessKurtosis), layers.Average(layer => layer.NearZeroShare), layers.Average(layer => layer.TailRatio))
            : throw new ArgumentException("The module has no linear layer and no convolution.", nameof(module));
    }

    /// <summary>The weights in use of a module's linear layers and convolutions, plain or companded, in their order.</summary>
    public static IEnumerable<Tensor> Weights(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.modules().Prepend(module).Distinct().Select(part => part switch
        {
            ICompandedLayer companded => companded.Weight(),
            Linear linear => linear.weight,
            Conv2d convolution => convolution.weight,
            _ => null,
        }).OfType<Tensor>();
    }
}
