using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>
/// A click model of two MLPs side by side (Mao et al. 2023, FinalMLP): each stream reads the embeddings through a gate of its own, and a bilinear
/// layer fuses the streams' outputs. Without gates and with another fusion it is one of the paper's ablations.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class FinalMlp : Module<Tensor, Tensor>, ICountsMultiplyAdds
{
    private readonly FieldEmbedding _embedding;
    private readonly StreamGate? _gate1;
    private readonly StreamGate? _gate2;
    private readonly MlpTower _mlp1;
    private readonly MlpTower _mlp2;
    private readonly Module<Tensor, Tensor, Tensor> _fusion;

    /// <summary>A model at its initial weights, as in the authors' code.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="fusion">From the outputs of both streams to logits, (n, 1); the multi-head bilinear fusion unless given.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public FinalMlp(FinalMlpOptions options, Module<Tensor, Tensor, Tensor>? fusion = null, Device? device = null, ScalarType? dtype = null)
        : base(nameof(FinalMlp))
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _embedding = new(options.Cardinalities, options.EmbeddingDim, options.EmbeddingDeviation, device, dtype);
        if (options.UseFs)
        {
            _gate1 = new(options, options.Fs1Context, device, dtype);
            _gate2 = new(options, options.Fs2Context, device, dtype);
        }
        _mlp1 = new(options.Inputs, options.Mlp1HiddenUnits, options.Mlp1Dropout, options.Mlp1BatchNorm, device, dtype);
        _mlp2 = new(options.Inputs, options.Mlp2HiddenUnits, options.Mlp2Dropout, options.Mlp2BatchNorm, device, dtype);
        _fusion = fusion ?? new MultiHeadBilinearFusion(_mlp1.Outputs, _mlp2.Outputs, options.NumHeads, device: device, dtype: dtype);
        RegisterComponents();
    }

    /// <summary>The embeddings that both streams read.</summary>
    public FieldEmbedding Embedding => _embedding;

    /// <summary>The gates; empty when there are none.</summary>
    public IReadOnlyList<StreamGate> Gates => _gate1 is null || _gate2 is null ? [] : [_gate1, _gate2];

    /// <summary>The first stream.</summary>
    public MlpTower Mlp1 => _mlp1;

    /// <summary>The second stream.</summary>
    public MlpTower Mlp2 => _mlp2;

    /// <summary>From both streams to the logit.</summary>
    public Module<Tensor, Tensor, Tensor> Fusion => _fusion;

    // #region model
    /// <inheritdoc/>
    /// <param name="input">Ids, (n, fields), 64-bit integers.</param>
    /// <returns>Logits of a click, (n).</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var features = _embedding.call(input).flatten(1);
        var (features1, features2) = _gate1 is null || _gate2 is null
            ? (features, features)
            : (features * _gate1.call(input), features * _gate2.call(input));
        return _fusion.call(_mlp1.call(features1), _mlp2.call(features2)).squeeze(1).MoveToOuterDisposeScope();
    }
    // #endregion model

    /// <inheritdoc/>
    public long MultiplyAdds(ReadOnlySpan<long> input, ReadOnlySpan<long> output) =>
        _fusion is MultiHeadBilinearFusion bilinear ? bilinear.ProductMultiplyAdds(input[0]) : 0;
}
