using DailyPapers.Storage;

namespace DailyPapers.Search.Vectors;

/// <summary>
/// An index as it was when the snapshot was taken, on loan: whatever is written meanwhile, it stays the same and its memory
/// stays mapped until it is given back.
/// </summary>
internal sealed unsafe class VectorSnapshot : IDisposable
{
    private VectorState? _state;

    private VectorSnapshot(VectorState state) => _state = state;

    /// <summary>The state of the content that the vectors reflect.</summary>
    public ContentVersion Version => State.Version;

    /// <summary>How many papers have a vector.</summary>
    public int Count => State.Count;

    /// <summary>Row numbers are below this.</summary>
    public int Rows => State.Rows;

    /// <summary>Row numbers mean the same in snapshots of the same build.</summary>
    public string Build => State.Files.Build;

    /// <summary>The vectors' dimensions.</summary>
    public int Dimensions => State.Files.Shape.Dimensions;

    private VectorState State => _state ?? throw new ObjectDisposedException(nameof(VectorSnapshot));

    /// <summary>Borrows a state, or returns null when its files are no longer mapped.</summary>
    public static VectorSnapshot? TryTake(VectorState state) => state.Files.TryUse() ? new VectorSnapshot(state) : null;

    /// <summary>
    /// The papers whose vectors have the highest cosine with the query, best first; among equal ones the higher identity
    /// comes first. None when the query is all zeros.
    /// </summary>
    /// <param name="query">The query's vector, of any length but zero.</param>
    /// <param name="count">How many papers to return at most, at least one.</param>
    /// <param name="allowed">The rows that may be found, of this snapshot or an earlier one of its build; all when null.</param>
    /// <param name="exact">Compares every vector instead of those whose codes are near.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="ArgumentException">The query has another dimension or is not finite, or the rows are of another build.</exception>
    public IReadOnlyList<VectorHit> Search(
        ReadOnlySpan<float> query, int count, RowSet? allowed = null, bool exact = false, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (allowed is not null && allowed.Build != Build)
            throw new ArgumentException("The rows are of another build of the index: make the set from this snapshot.", nameof(allowed));
        return VectorQuery.From(query, State.Files.Encoding) is { } prepared
            ? new VectorSearch(State, prepared, count, allowed, cancellationToken).Run(exact)
            : [];
    }

    /// <summary>The cosine between a paper's vector and the query, the same that a search gives; false when it has none.</summary>
    /// <exception cref="ArgumentException">The query has another dimension or is not finite.</exception>
    public bool TryScore(long paperId, ReadOnlySpan<float> query, out float score)
    {
        Span<float> scores = [0];
        Score(query, [paperId], scores);
        score = scores[0];
        return !float.IsNaN(score);
    }

    /// <summary>The cosine between the query and each paper's vector, the same that a search gives; NaN for papers without one.</summary>
    /// <exception cref="ArgumentException">The query has another dimension or is not finite.</exception>
    public void Score(ReadOnlySpan<float> query, ReadOnlySpan<long> paperIds, Span<float> scores)
    {
        var prepared = VectorQuery.From(query, State.Files.Encoding);
        for (var i = 0; i < paperIds.Length; i++)
        {
            scores[i] = prepared is not null && TryGetRow(paperIds[i], out var row)
                ? VectorSearch.Score(State, prepared, row)
                : float.NaN;
        }
    }

    /// <summary>Finds a paper's row; false when it has no vector.</summary>
    public bool TryGetRow(long paperId, out int row)
    {
        row = State.RowOf(paperId);
        return row >= 0;
    }

    /// <summary>Reads a paper's vector, scaled to length one and rounded to nine bits a component; false when it has none.</summary>
    /// <exception cref="ArgumentException">The vector has another length than the index's dimensions.</exception>
    public bool TryGetVector(long paperId, Span<float> vector)
    {
        if (vector.Length != Dimensions)
            throw new ArgumentException($"The vector has room for {vector.Length} dimensions where the index has {Dimensions}.", nameof(vector));
        if (!TryGetRow(paperId, out var row))
            return false;
        var (chunk, inChunk) = Math.DivRem(row, VectorShape.RowsPerChunk);
        var shape = State.Files.Shape;
        var components = new ReadOnlySpan<sbyte>(State.Chunks[chunk].Vectors + ((long)inChunk * shape.Stride), shape.Stride);
        var lastBits = new ReadOnlySpan<byte>(State.Chunks[chunk].LastBits + ((long)inChunk * shape.CodeBytes), shape.CodeBytes);
        VectorEncoding.Dequantize(components, lastBits, State.Chunks[chunk].Scales[inChunk], vector);
        State.Files.Encoding.Unrotate(vector);
        return true;
    }

    /// <summary>Gives the snapshot back.</summary>
    public void Dispose() => Interlocked.Exchange(ref _state, null)?.Files.Release();
}
