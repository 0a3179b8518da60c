namespace DailyPapers.Search.Vectors;

/// <summary>A set of rows of a snapshot: those a search may find.</summary>
internal sealed class RowSet
{
    private readonly ulong[] _bits;

    /// <summary>An empty set.</summary>
    public RowSet(VectorSnapshot snapshot)
    {
        Build = snapshot.Build;
        _bits = new ulong[(snapshot.Rows + 63) / 64];
    }

    /// <summary>How many rows it holds.</summary>
    public int Count { get; private set; }

    /// <summary>The build of the index whose rows these are; another numbers them differently.</summary>
    public string Build { get; }

    /// <summary>The rows of those of the papers that the snapshot has.</summary>
    public static RowSet FromPapers(VectorSnapshot snapshot, IEnumerable<long> paperIds)
    {
        var set = new RowSet(snapshot);
        foreach (var paperId in paperIds)
        {
            if (snapshot.TryGetRow(paperId, out var row))
                set.Add(row);
        }
        return set;
    }

    /// <summary>Adds a row of the snapshot.</summary>
    public void Add(int row)
    {
        ref var word = ref _bits[row / 64];
        var with = word | (1UL << (row % 64));
        if (with != word)
            Count++;
        word = with;
    }

    /// <summary>Removes a row of the snapshot.</summary>
    public void Remove(int row)
    {
        ref var word = ref _bits[row / 64];
        var without = word & ~(1UL << (row % 64));
        if (without != word)
            Count--;
        word = without;
    }

    public bool Contains(int row) => row / 64 < _bits.Length && (_bits[row / 64] >> (row % 64) & 1) != 0;

    /// <summary>Sixty-four rows from 64 · <paramref name="word"/> on; none beyond the snapshot the set was made for.</summary>
    public ulong Word(int word) => word < _bits.Length ? _bits[word] : 0;
}
