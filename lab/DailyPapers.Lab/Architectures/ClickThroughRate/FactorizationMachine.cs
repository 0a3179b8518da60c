using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>Rendle's factorization machine (2010) on categorical fields: b + Σ_f w_f + Σ_{f&lt;g} ⟨v_f, v_g⟩; without pairs, logistic regression.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class FactorizationMachine : Module<Tensor, Tensor>
{
    private readonly FieldEmbedding _linear;
    private readonly FieldEmbedding? _embedding;
    private readonly Parameter _bias;

    /// <summary>A model at its initial weights.</summary>
    /// <param name="cardinalities">How many ids each field has.</param>
    /// <param name="embeddingDim">Numbers in a field's vector v; 0 for logistic regression.</param>
    /// <param name="embeddingDeviation">The standard deviation of initial embeddings.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public FactorizationMachine(
        IReadOnlyList<int> cardinalities, int embeddingDim, double embeddingDeviation = 1e-4, Device? device = null, ScalarType? dtype = null)
        : base(nameof(FactorizationMachine))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(embeddingDim);
        _linear = new(cardinalities, 1, embeddingDeviation, device, dtype);
        if (embeddingDim > 0)
            _embedding = new(cardinalities, embeddingDim, embeddingDeviation, device, dtype);
        _bias = new Parameter(zeros([1], dtype: dtype, device: device));
        RegisterComponents();
    }

    /// <summary>The vectors v; null for logistic regression.</summary>
    public FieldEmbedding? Embedding => _embedding;

    /// <inheritdoc/>
    /// <param name="input">Ids, (n, fields), 64-bit integers.</param>
    /// <returns>Logits of a click, (n).</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var logits = _linear.call(input).sum([1, 2]) + _bias;
        if (_embedding is not null)
            logits = logits + Pairs(_embedding.call(input));
        return logits.MoveToOuterDisposeScope();
    }

    /// <summary>Σ_{f&lt;g} ⟨v_f, v_g⟩ = (‖Σ v_f‖² − Σ ‖v_f‖²) / 2.</summary>
    /// <param name="vectors">(n, fields, dim).</param>
    /// <returns>(n).</returns>
    public static Tensor Pairs(Tensor vectors)
    {
        TensorShape.Require(vectors, nameof(vectors), TensorShape.Any, TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        return ((vectors.sum(1).square().sum(1) - vectors.square().sum([1, 2])) / 2).MoveToOuterDisposeScope();
    }
}
