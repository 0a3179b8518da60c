using static TorchSharp.torch;

namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>Impressions in memory.</summary>
/// <param name="cardinalities">How many ids each field has.</param>
/// <param name="ids">Row by row, one id a field, from 0 to its cardinality − 1.</param>
/// <param name="clicked">The labels.</param>
public sealed class ClickData(IReadOnlyList<int> cardinalities, ReadOnlyMemory<int> ids, ReadOnlyMemory<bool> clicked)
{
    /// <summary>How many ids each field has.</summary>
    public IReadOnlyList<int> Cardinalities { get; } = cardinalities;

    /// <summary>Number of impressions.</summary>
    public int Count { get; } = ids.Length == clicked.Length * cardinalities.Count
        ? clicked.Length
        : throw new ArgumentException($"{clicked.Length} rows of {cardinalities.Count} fields need {clicked.Length * cardinalities.Count} ids, not {ids.Length}.", nameof(ids));

    /// <summary>The labels.</summary>
    public ReadOnlyMemory<bool> Clicked { get; } = clicked;

    /// <summary>The ids of one row.</summary>
    public ReadOnlySpan<int> Row(int row) => ids.Span.Slice(row * Cardinalities.Count, Cardinalities.Count);

    /// <summary>Ids as a tensor, (count, fields), 64-bit integers.</summary>
    public Tensor IdTensor(Device? device = null)
    {
        using var narrow = tensor(ids.ToArray(), [Count, Cardinalities.Count]);
        return narrow.to(ScalarType.Int64, device ?? CPU);
    }

    /// <summary>Labels as a tensor, (count), 0 and 1 as 32-bit floats.</summary>
    public Tensor LabelTensor(Device? device = null)
    {
        using var narrow = tensor(Clicked.ToArray());
        return narrow.to(float32, device ?? CPU);
    }
}
