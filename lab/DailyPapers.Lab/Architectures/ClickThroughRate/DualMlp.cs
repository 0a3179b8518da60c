using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>Two MLPs over the same embeddings whose logits are added (Mao et al. 2023, DualMLP); with one stream only, the plain deep network.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class DualMlp : Module<Tensor, Tensor>
{
    private readonly FieldEmbedding _embedding;
    private readonly ModuleList<MlpTower> _streams;
    private readonly ModuleList<Linear> _outputs;

    /// <summary>A model at its initial weights.</summary>
    /// <param name="cardinalities">How many ids each field has.</param>
    /// <param name="embeddingDim">Numbers in a field's vector.</param>
    /// <param name="streams">Neurons of each stream's layers.</param>
    /// <param name="dropout">The share of activations dropped while training.</param>
    /// <param name="batchNorm">Whether batch norms stand in the streams.</param>
    /// <param name="embeddingDeviation">The standard deviation of initial embeddings.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public DualMlp(
        IReadOnlyList<int> cardinalities, int embeddingDim, IReadOnlyList<IReadOnlyList<int>> streams, double dropout = 0, bool batchNorm = false,
        double embeddingDeviation = 1e-4, Device? device = null, ScalarType? dtype = null)
        : base(nameof(DualMlp))
    {
        ArgumentNullException.ThrowIfNull(cardinalities);
        ArgumentNullException.ThrowIfNull(streams);
        ArgumentOutOfRangeException.ThrowIfLessThan(streams.Count, 1, nameof(streams));
        _embedding = new(cardinalities, embeddingDim, embeddingDeviation, device, dtype);
        _streams = ModuleList<MlpTower>(
            [.. streams.Select(units => new MlpTower((long)cardinalities.Count * embeddingDim, units, dropout, batchNorm, device, dtype))]);
        _outputs = ModuleList<Linear>([.. streams.Select(units => ClickInitialization.LinearLayer(units[^1], 1, device, dtype))]);
        RegisterComponents();
    }

    /// <summary>The embeddings that all streams read.</summary>
    public FieldEmbedding Embedding => _embedding;

    /// <summary>The streams.</summary>
    public IReadOnlyList<MlpTower> Streams => [.. _streams];

    /// <summary>The streams' output layers.</summary>
    public IReadOnlyList<Linear> Outputs => [.. _outputs];

    /// <inheritdoc/>
    /// <param name="input">Ids, (n, fields), 64-bit integers.</param>
    /// <returns>Logits of a click, (n).</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var features = _embedding.call(input).flatten(1);
        var logits = _outputs[0].call(_streams[0].call(features));
        for (var stream = 1; stream < _streams.Count; stream++)
            logits = logits + _outputs[stream].call(_streams[stream].call(features));
        return logits.squeeze(1).MoveToOuterDisposeScope();
    }
}
