using System.Numerics;

namespace DailyPapers.Search.Vectors;

/// <summary>
/// Finds rows by paper: open addressing over row numbers alone, four bytes a slot, the keys being in the index. A paper's
/// former rows stay until the index is rewritten, so a snapshot finds in a table that has since grown what it had.
/// </summary>
/// <remarks>One thread adds while any number look up.</remarks>
internal sealed class RowTable
{
    private const double MostFull = 0.75;

    // Row + 1; zero is free. A slot once taken never changes.
    private readonly int[] _slots;
    private readonly int _shift;

    public RowTable(int capacity)
    {
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, capacity / MostFull));
        _slots = new int[size];
        _shift = 64 - BitOperations.Log2(size);
        Capacity = (int)(size * MostFull);
    }

    /// <summary>How many rows it takes.</summary>
    public int Capacity { get; }

    public void Add(long paperId, int row)
    {
        var slot = First(paperId);
        while (_slots[slot] != 0)
            slot = (slot + 1) & (_slots.Length - 1);
        Volatile.Write(ref _slots[slot], row + 1);
    }

    /// <summary>Goes through the rows that may be the paper's.</summary>
    public Probe Find(long paperId) => new(this, First(paperId));

    // Fibonacci hashing: identities come in runs.
    private int First(long paperId) => (int)(((ulong)paperId * 0x9E3779B97F4A7C15) >> _shift);

    internal struct Probe(RowTable table, int slot)
    {
        /// <summary>The next row, −1 after the last.</summary>
        public int Next()
        {
            var row = Volatile.Read(ref table._slots[slot]) - 1;
            slot = (slot + 1) & (table._slots.Length - 1);
            return row;
        }
    }
}
