using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>A vector for every id of every categorical field, in one table: field f's ids start where those of the fields before it end.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class FieldEmbedding : Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly Tensor _offsets;
    private readonly Tensor _sizes;
    private readonly long[] _cardinalities;

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
        var offsets = new long[cardinalities.Count];
        for (var field = 1; field < offsets.Length; field++)
            offsets[field] = offsets[field - 1] + _cardinalities[field - 1];
        using (var values = randn([_cardinalities.Sum(), dim], dtype: dtype, device: device))
            _weight = new Parameter(values * deviation);
        // Ids are read on the CPU or a GPU; on the meta device there is nothing to look up by value.
        _offsets = tensor(offsets, device: device);
        _sizes = tensor(_cardinalities, device: device);
        register_parameter("weight", _weight);
        register_buffer("offsets", _offsets, persistent: false);
        register_buffer("sizes", _sizes, persistent: false);
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
        if (input.device_type != TorchSharp.DeviceType.META && (input.lt(0) | input.ge(_sizes)).any().item<bool>())
            throw new ArgumentException(OutOfRange(input), nameof(input));
        return _weight.index_select(0, (input + _offsets).flatten()).view(input.shape[0], input.shape[1], _weight.shape[1]).MoveToOuterDisposeScope();
    }

    private string OutOfRange(Tensor input)
    {
        using var scope = NewDisposeScope();
        var wrong = (input.lt(0) | input.ge(_sizes)).nonzero()[0];
        var (row, field) = (wrong[0].item<long>(), wrong[1].item<long>());
        return $"input: expected ids from 0 to {_cardinalities[field] - 1} in field {field}, got {input[row, field].item<long>()} in row {row}";
    }
}
