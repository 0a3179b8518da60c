using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>DCN v2 in its parallel form (Wang et al. 2021): cross layers and an MLP on the same embeddings, a linear layer on both outputs.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class CrossNetV2 : Module<Tensor, Tensor>
{
    private readonly FieldEmbedding _embedding;
    private readonly CrossLayers _cross;
    private readonly MlpTower _mlp;
    private readonly Linear _output;

    /// <summary>A model at its initial weights.</summary>
    /// <param name="cardinalities">How many ids each field has.</param>
    /// <param name="embeddingDim">Numbers in a field's vector.</param>
    /// <param name="crossLayers">Number of cross layers.</param>
    /// <param name="hiddenUnits">Neurons of the MLP's layers.</param>
    /// <param name="dropout">The share of activations dropped while training.</param>
    /// <param name="batchNorm">Whether batch norms stand in the MLP.</param>
    /// <param name="embeddingDeviation">The standard deviation of initial embeddings.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public CrossNetV2(
        IReadOnlyList<int> cardinalities, int embeddingDim, int crossLayers, IReadOnlyList<int> hiddenUnits, double dropout = 0, bool batchNorm = false,
        double embeddingDeviation = 1e-4, Device? device = null, ScalarType? dtype = null)
        : base(nameof(CrossNetV2))
    {
        ArgumentNullException.ThrowIfNull(cardinalities);
        var inputs = (long)cardinalities.Count * embeddingDim;
        _embedding = new(cardinalities, embeddingDim, embeddingDeviation, device, dtype);
        _cross = new(inputs, crossLayers, device, dtype);
        _mlp = new(inputs, hiddenUnits, dropout, batchNorm, device, dtype);
        _output = ClickInitialization.LinearLayer(inputs + _mlp.Outputs, 1, device, dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">Ids, (n, fields), 64-bit integers.</param>
    /// <returns>Logits of a click, (n).</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var features = _embedding.call(input).flatten(1);
        return _output.call(cat([_cross.call(features), _mlp.call(features)], 1)).squeeze(1).MoveToOuterDisposeScope();
    }
}
