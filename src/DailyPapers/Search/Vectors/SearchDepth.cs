namespace DailyPapers.Search.Vectors;

/// <summary>How many rows are scored again from their vectors.</summary>
internal static class SearchDepth
{
    /// <param name="rows">Rows in the index.</param>
    /// <param name="count">Hits wanted.</param>
    public static int For(int rows, int count) => Math.Max(10 * count, Math.Max(1_000, (int)(4 * Math.Sqrt(rows))));
}
