using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>DeepFM (Guo et al. 2017): a factorization machine and an MLP on the same embeddings, logits added.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class DeepFm : Module<Tensor, Tensor>
{
    private readonly FactorizationMachine _linear;
    private readonly FieldEmbedding _embedding;
    private readonly MlpTower _mlp;
    private readonly Linear _output;

    /// <summary>A model at its initial weights.</summary>
    /// <param name="cardinalities">How many ids each field has.</param>
    /// <param name="embeddingDim">Numbers in a field's vector.</param>
    /// <param name="hiddenUnits">Neurons of the MLP's layers.</param>
    /// <param name="dropout">The share of activations dropped while training.</param>
    /// <param name="batchNorm">Whether batch norms stand in the MLP.</param>
    /// <param name="embeddingDeviation">The standard deviation of initial embeddings.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public DeepFm(
        IReadOnlyList<int> cardinalities, int embeddingDim, IReadOnlyList<int> hiddenUnits, double dropout = 0, bool batchNorm = false,
        double embeddingDeviation = 1e-4, Device? device = null, ScalarType? dtype = null)
        : base(nameof(DeepFm))
    {
        ArgumentNullException.ThrowIfNull(cardinalities);
        _linear = new(cardinalities, 0, embeddingDeviation, device, dtype);
        _embedding = new(cardinalities, embeddingDim, embeddingDeviation, device, dtype);
        _mlp = new((long)cardinalities.Count * embeddingDim, hiddenUnits, dropout, batchNorm, device, dtype);
        _output = ClickInitialization.LinearLayer(_mlp.Outputs, 1, device, dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">Ids, (n, fields), 64-bit integers.</param>
    /// <returns>Logits of a click, (n).</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var vectors = _embedding.call(input);
        var deep = _output.call(_mlp.call(vectors.flatten(1))).squeeze(1);
        return (_linear.call(input) + FactorizationMachine.Pairs(vectors) + deep).MoveToOuterDisposeScope();
    }
}
