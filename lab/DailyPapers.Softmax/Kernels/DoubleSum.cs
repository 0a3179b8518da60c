using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>A sum of doubles that keeps what its additions lost.</summary>
internal struct DoubleSum
{
    /// <summary>The sum, rounded.</summary>
    internal double High;

    /// <summary>What is missing from <see cref="High"/>.</summary>
    internal double Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(double term)
    {
        High = RowSum.TwoSum(High, term, out var lost);
        Low += lost;
    }
}
