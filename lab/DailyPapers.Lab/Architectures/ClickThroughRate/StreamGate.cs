using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>A stream's feature gate with its context: embeddings of chosen fields of its own, or a learnt vector, the same for every row.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class StreamGate : Module<Tensor, Tensor>
{
    private readonly Parameter? _context;
    private readonly FieldEmbedding? _contextEmbedding;
    private readonly FeatureGate _gate;
    private readonly long[] _fields;
    private readonly int _allFields;

    /// <summary>A gate at its initial weights.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="contextFields">The context's fields, by number; none for a learnt vector, which starts at zero.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public StreamGate(FinalMlpOptions options, IReadOnlyList<int> contextFields, Device? device = null, ScalarType? dtype = null)
        : base(nameof(StreamGate))
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(contextFields);
        options.Validate();
        _fields = [.. contextFields.Select(field => (long)field)];
        _allFields = options.Cardinalities.Count;
        if (_fields.Length == 0)
            _context = new Parameter(zeros([1, options.EmbeddingDim], dtype: dtype, device: device));
        else
            _contextEmbedding = new([.. contextFields.Select(field => options.Cardinalities[field])], options.EmbeddingDim, options.EmbeddingDeviation, device, dtype);
        _gate = new(options.EmbeddingDim * Math.Max(1, _fields.Length), options.Inputs, options.FsHiddenUnits, device, dtype);
        RegisterComponents();
    }

    /// <summary>From context to weights.</summary>
    public FeatureGate Gate => _gate;

    /// <summary>The learnt context, (1, embedding dim); null when fields are the context.</summary>
    public Parameter? Context => _context;

    /// <inheritdoc/>
    /// <param name="input">Ids, (n, fields).</param>
    /// <returns>(n, fields · dim), or one row for all when the context is a learnt vector.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _allFields);
        if (_contextEmbedding is null)
            return _gate.call(_context!);
        using var scope = NewDisposeScope();
        var ids = stack([.. _fields.Select(field => input.select(1, field))], 1);
        return _gate.call(_contextEmbedding.call(ids).flatten(1)).MoveToOuterDisposeScope();
    }
}
