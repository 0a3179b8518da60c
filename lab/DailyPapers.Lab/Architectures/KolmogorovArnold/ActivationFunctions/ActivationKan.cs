using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;

/// <summary>Networks of the paper's comparison (arXiv:2503.06112, section 4): layers one after another, without anything between.</summary>
public static class ActivationKan
{
    /// <summary>AF-KAN. The published 784-64-10 has about 52 thousand parameters.</summary>
    /// <param name="widths">Channels, input first.</param>
    /// <param name="activation">f.</param>
    /// <param name="combination">The functions.</param>
    /// <param name="reduction">How they are reduced.</param>
    /// <param name="gridSize">G.</param>
    /// <param name="splineOrder">k.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public static Module<Tensor, Tensor> Create(
        IReadOnlyList<int> widths, BaseActivation activation = BaseActivation.Silu, FunctionCombination combination = FunctionCombination.Quad1,
        AttentionReduction reduction = AttentionReduction.GlobalAttention, int gridSize = 3, int splineOrder = 3, Device? device = null, ScalarType? dtype = null) =>
        Layers(widths, (from, to) => new ActivationKanLayer(from, to, gridSize, splineOrder, activation, combination, reduction, device: device, dtype: dtype));

    /// <summary>ReLU-KAN.</summary>
    /// <inheritdoc cref="Create" path="/param"/>
    public static Module<Tensor, Tensor> Relu(IReadOnlyList<int> widths, int gridSize = 3, int splineOrder = 3, Device? device = null, ScalarType? dtype = null) =>
        Layers(widths, (from, to) => new ReluKanLayer(from, to, gridSize, splineOrder, device: device, dtype: dtype));

    /// <summary>The MLP of the comparison: before every linear map without bias a layer norm, after it SiLU, but not after the last.</summary>
    /// <inheritdoc cref="Create" path="/param"/>
    public static Module<Tensor, Tensor> Mlp(IReadOnlyList<int> widths, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(widths);
        var last = widths.Count - 2;
        var layer = 0;
        return Layers(widths, (from, to) => layer++ < last
            ? Sequential(LayerNorm(from, device: device, dtype: dtype), Linear(from, to, false, device, dtype), SiLU())
            : Sequential(LayerNorm(from, device: device, dtype: dtype), Linear(from, to, false, device, dtype)));
    }

    private static Module<Tensor, Tensor> Layers(IReadOnlyList<int> widths, Func<int, int, Module<Tensor, Tensor>> layer)
    {
        ArgumentNullException.ThrowIfNull(widths);
        if (widths.Count < 2)
            throw new ArgumentException($"A network needs an input's and an output's width, not {widths.Count} widths.", nameof(widths));
        return Sequential([.. widths.Zip(widths.Skip(1), layer)]);
    }
}
