using DailyPapers.Storage;

namespace DailyPapers.Search.Vectors;

/// <summary>What an index holds at one moment; never changed once searches see it.</summary>
/// <param name="Files">Where the rows are.</param>
/// <param name="Chunks">Where they are mapped.</param>
/// <param name="Rows">How many were written.</param>
/// <param name="Table">Finds rows by paper.</param>
/// <param name="Dead">A bit for each row that is replaced or deleted; bits may be missing at the end.</param>
/// <param name="Deletions">How many bits are set.</param>
/// <param name="Version">The state of the content that the rows reflect.</param>
internal sealed record VectorState(
    VectorFiles Files, VectorChunk[] Chunks, int Rows, RowTable Table, ulong[] Dead, int Deletions, ContentVersion Version)
{
    /// <summary>How many papers have a vector.</summary>
    public int Count => Rows - Deletions;

    public bool IsDead(int row) => row / 64 < Dead.Length && (Dead[row / 64] >> (row % 64) & 1) != 0;

    /// <summary>A bit for each live row from 64 · <paramref name="word"/> on.</summary>
    public ulong Live(int word)
    {
        var live = word < Dead.Length ? ~Dead[word] : ulong.MaxValue;
        var rest = Rows - (64 * word);
        return rest >= 64 ? live : live & ((1UL << rest) - 1);
    }

    public unsafe long PaperIdOf(int row) => Chunks[row / VectorShape.RowsPerChunk].PaperIds[row % VectorShape.RowsPerChunk];

    /// <summary>The paper's row, −1 when it has none.</summary>
    public int RowOf(long paperId)
    {
        var probe = Table.Find(paperId);
        for (var row = probe.Next(); row >= 0; row = probe.Next())
        {
            // Rows beyond are of a later state.
            if (row < Rows && PaperIdOf(row) == paperId && !IsDead(row))
                return row;
        }
        return -1;
    }

    /// <summary>The state after rows up to <paramref name="rows"/> were written and some died.</summary>
    public VectorState With(int rows, RowTable table, IReadOnlyCollection<int> died, ContentVersion version)
    {
        var dead = Dead;
        if (died.Count > 0)
        {
            dead = new ulong[Math.Max(Dead.Length, (rows + 63) / 64)];
            Dead.CopyTo(dead, 0);
            foreach (var row in died)
                dead[row / 64] |= 1UL << (row % 64);
        }
        return this with { Chunks = Files.Chunks, Rows = rows, Table = table, Dead = dead, Deletions = Deletions + died.Count, Version = version };
    }
}
