using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>A vector for every id of every categorical field, in one table: field f's ids start where those of the fields before it end.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class FieldEmbedding : Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly long[] _cardinalities;
    private readonly long[] _offsets;

    /// <summary>A table at its initial weights, normal around zero.</summary>
    /// <param name="cardinalities">How many ids each field has.</param>
    /// <param name="dim">Numbers in a vector.</param>
    /// <param name="deviation">The standard deviation of the initial weights; FinalMLP's code has 1e-4.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public FieldEmbedding(IReadOnlyList<int> cardinalities, int dim, double deviation = 1e-4, Device? device = null, ScalarType? dtype = null)
        : base(nameof(FieldEmbedding))
    {
        ArgumentNullException.ThrowIfNull(cardinalities);
        ArgumentOutOfRangeException.ThrowIfLessThan(cardinalities.Count, 1, nameof(cardinalities));
        ArgumentOutOfRangeException.ThrowIfLessThan(dim, 1);
        if (cardinalities.Any(cardinality => cardinality < 1))
            throw new ArgumentException("Every field needs at least one id.", nameof(cardinalities));
        _cardinalities = [.. cardinalities.Select(cardinality => (long)cardinality)];
        _offsets = new long[cardinalities.Count];
        for (var field = 1; field < _offsets.Length; field++)
            _offsets[field] = _offsets[field - 1] + _cardinalities[field - 1];
        using (var values = randn([_cardinalities.Sum(), dim], dtype: dtype, device: device))
            _weight = new Parameter(values * deviation);
        RegisterComponents();
    }

    /// <summary>The table, (ids of all fields, dim).</summary>
    public Parameter Weight => _weight;

    /// <inheritdoc/>
    /// <param name="input">Ids, (n, fields), 64-bit integers, each from 0 to its field's cardinality − 1.</param>
    /// <returns>(n, fields, dim).</returns>
    /// <exception cref="ArgumentException">The shape is wrong, or an id out of range: it would silently be one of the next field.</exception>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _cardinalities.Length);
        if (input.dtype != ScalarType.Int64)
            throw new ArgumentException($"input: expected ids as Int64, got {input.dtype}", nameof(input));
        using var scope = NewDisposeScope();
        if (OutOfRange(input) is { } message)
            throw new ArgumentException(message, nameof(input));
        var rows = (input + tensor(_offsets, device: input.device)).flatten();
        return _weight.index_select(0, rows).view(input.shape[0], input.shape[1], _weight.shape[1]).MoveToOuterDisposeScope();
    }

    private string? OutOfRange(Tensor ids)
    {
        var outside = ids.lt(0) | ids.ge(tensor(_cardinalities, device: ids.device));
        if (!outside.any().item<bool>())
            return null;
        var first = outside.nonzero()[0];
        var (row, field) = (first[0].item<long>(), first[1].item<long>());
        return $"input: expected ids from 0 to {_cardinalities[field] - 1} in field {field}, got {ids[row, field].item<long>()} in row {row}";
    }
}
