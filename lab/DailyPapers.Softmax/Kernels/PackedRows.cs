using System.Numerics;

namespace DailyPapers.Numerics.Kernels;

/// <summary>Several short rows in one vector, each in lanes of its own whose count is a power of two.</summary>
internal static unsafe class PackedRows<T, V, TSimd>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct
    where TSimd : struct, ISimd<T, V>
{
    /// <summary>How many rows of a length share a vector.</summary>
    internal static int InAVector(nint columns) => TSimd.Lanes / Math.Max((int)BitOperations.RoundUpToPowerOf2((uint)columns), TSimd.LeastLanesOfRow);

    /// <summary>Takes rows one after another to their lanes. The other lanes take the last, which has no logit, but −∞, where there are others.</summary>
    internal static V Spread(nint columns)
    {
        var from = stackalloc int[TSimd.Lanes];
        var lanes = TSimd.Lanes / InAVector(columns);
        for (var lane = 0; lane < TSimd.Lanes; lane++)
            from[lane] = lane % lanes < columns ? (int)(lane / lanes * columns) + lane % lanes : TSimd.Lanes - 1;
        return LoadNumbers(from);
    }

    /// <summary>Takes results from their rows' lanes, to lie one after another.</summary>
    internal static V Gathered(nint columns)
    {
        var from = stackalloc int[TSimd.Lanes];
        var lanes = TSimd.Lanes / InAVector(columns);
        for (var lane = 0; lane < TSimd.Lanes; lane++)
            from[lane] = Math.Min(lane / (int)columns * lanes + lane % (int)columns, TSimd.Lanes - 1);
        return LoadNumbers(from);
    }

    private static V LoadNumbers(int* numbers)
    {
        if (typeof(T) == typeof(float))
            return TSimd.Load((T*)numbers);
        var wide = stackalloc long[TSimd.Lanes];
        for (var lane = 0; lane < TSimd.Lanes; lane++)
            wide[lane] = numbers[lane];
        return TSimd.Load((T*)wide);
    }
}
