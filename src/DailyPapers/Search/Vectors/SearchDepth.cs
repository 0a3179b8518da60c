namespace DailyPapers.Search.Vectors;

/// <summary>How many rows are scored again from their vectors.</summary>
/// <remarks>
/// So many that the codes lose next to nothing: on the vectors of docs/performance.md, 20 hits are those of the exact search and
/// of 200 hits 0.996 to 0.998 are truly the nearest.
/// </remarks>
internal static class SearchDepth
{
    /// <param name="rows">Rows in the index.</param>
    /// <param name="count">Hits wanted.</param>
    public static int For(int rows, int count) => Math.Max(10 * count, Math.Max(1_000, (int)(4 * Math.Sqrt(rows))));
}
