using System.Numerics;
using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>What each pass over a short row leaves for the next.</summary>
internal unsafe struct ShortRow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The logits: the caller's, or <see cref="Y"/> where the row less its maximum was written there.</summary>
    internal T* X;

    /// <summary>Where the result goes.</summary>
    internal T* Y;

    /// <summary>n of the largest logit less the lift (<see cref="SingleExp.Lift"/>): the row's exponentials are taken in units of 2 to this power.</summary>
    internal T Exponent;

    /// <summary>The sum of the exponentials in those units, and what that double cannot hold of it.</summary>
    internal double Sum, SumRest;

    /// <summary>For softmax 1 / sum = High · (1 + Low), for log-softmax the sum's logarithm = High + Low; to more than T's precision.</summary>
    internal T High, Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SetSum(T sum, T rest)
    {
        (Sum, SumRest) = (double.CreateTruncating(sum), double.CreateTruncating(rest));
        if (typeof(T) == typeof(float))
            Sum += SumRest;
    }

    /// <summary>Takes the sum's reciprocal. Of no distribution (a sum that is NaN, infinite or 0) comes a NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Invert()
    {
        High = T.CreateTruncating(1 / Sum);
        var high = double.CreateTruncating(High);
        // A float's product with the sum is known well enough in a double; a double's distance from 1 needs the exact product.
        Low = T.CreateTruncating(typeof(T) == typeof(float) ? 1 - high * Sum : Math.FusedMultiplyAdd(-high, Sum, 1) - high * SumRest);
    }

    /// <summary>Takes the sum's logarithm; of no distribution comes a NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void TakeLogarithm()
    {
        double log, rest = 0;
        if (!(double.IsFinite(Sum) && Sum > 0))
            log = double.NaN;
        else if (typeof(T) == typeof(float))
            log = Logarithm.ToFloatsPrecision(Sum, double.CreateTruncating(Exponent));
        else
            log = new RowSum(Sum * DoubleExp.Unlift, SumRest * DoubleExp.Unlift, double.CreateTruncating(Exponent) + DoubleExp.Lift).Log(out rest);
        High = T.CreateTruncating(log);
        Low = T.CreateTruncating(log - double.CreateTruncating(High) + rest);
    }
}
