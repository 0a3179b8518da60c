using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>exp in double precision for every instruction set: as <see cref="SingleExp"/>, with a polynomial of degree 11.</summary>
internal static class DoubleExp
{
    internal const double Log2E = 1.4426950408889634;
    internal const double Ln2High = 0.69314718055994529;
    internal const double Ln2Low = 2.3190468138462996e-17;

    // Three parts of 31, 31 and 53 bits, for hardware without FMA.
    internal const double Ln2Head = 0.69314718060195446;
    internal const double Ln2Middle = -4.2009150715352495e-11;
    internal const double Ln2Tail = -1.1458352726798733e-20;

    // 1 + t + c2 t^2 + ... + c11 t^11, minimax for the relative error on |t| <= ln2/2: 1e-17, a twentieth of an ulp.
    internal const double C2 = 0.50000000000000111;
    internal const double C3 = 0.16666666666666699;
    internal const double C4 = 0.041666666666545074;
    internal const double C5 = 0.0083333333333659165;
    internal const double C6 = 0.0013888888937814844;
    internal const double C7 = 0.00019841269721604504;
    internal const double C8 = 2.4801499997943807e-05;
    internal const double C9 = 2.755743606153757e-06;
    internal const double C10 = 2.7627656186501101e-07;
    internal const double C11 = 2.5036867516867857e-08;

    /// <summary>Inputs within ±Limit keep n below 2^21.</summary>
    internal const double Limit = 1048576;

    /// <summary>n at Limit.</summary>
    internal const double LargestSum = 1512775;

    /// <summary>2200 above n at −Limit: more than the 2^−2098 from the largest double to the smallest.</summary>
    internal const double SmallestSum = 2200 - LargestSum;

    /// <summary>As <see cref="SingleExp.Lift"/>.</summary>
    internal const double Lift = 512;

    /// <summary>2^−Lift: the logarithm of a lifted sum is a large number, whose last place is too coarse.</summary>
    internal const double Unlift = 7.458340731200207e-155;

    /// <summary>32 · 2^Lift, above such an exponential; whole units of its last place can be added for 32 exponentials.</summary>
    internal const double SumStart = 4.290498537581631e155;

    /// <summary>1.5 · 2^52.</summary>
    internal const double Magic = 6755399441055744;

    /// <summary>Magic plus the exponent bias 1023.</summary>
    internal const double BiasedMagic = 6755399441056767;

    internal const double VanishingExponent = -1023;

    /// <summary>−1023 ln 2.</summary>
    internal const double VanishingInput = -709.08956571282405;
}

/// <summary>The shared code of <see cref="DoubleExp"/>, specialised for <typeparamref name="TSimd"/>.</summary>
internal static class DoubleExp<TSimd, V>
    where TSimd : struct, ISimd<double, V>
    where V : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Mantissa(V x, out V n)
    {
        x = TSimd.Max(TSimd.Broadcast(-DoubleExp.Limit), x);
        n = NearestExponent(x);
        return Polynomial(TSimd.ReduceArgument(x, n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V NearestExponent(V x) => TSimd.Subtract(
        TSimd.MultiplyAdd(x, TSimd.Broadcast(DoubleExp.Log2E), TSimd.Broadcast(DoubleExp.Magic)),
        TSimd.Broadcast(DoubleExp.Magic));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Polynomial(V t)
    {
        var p = TSimd.MultiplyAdd(TSimd.Broadcast(DoubleExp.C11), t, TSimd.Broadcast(DoubleExp.C10));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(DoubleExp.C9));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(DoubleExp.C8));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(DoubleExp.C7));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(DoubleExp.C6));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(DoubleExp.C5));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(DoubleExp.C4));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(DoubleExp.C3));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(DoubleExp.C2));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(1d));
        return TSimd.MultiplyAdd(p, t, TSimd.Broadcast(1d));
    }

    /// <summary>(exp(t) − 1) / t: the same polynomial in pairs, whose chain of additions is half as long; the last steps, which decide the error, are as they were.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Slope(V t)
    {
        var t2 = TSimd.Multiply(t, t);
        var p10 = TSimd.MultiplyAdd(TSimd.Broadcast(DoubleExp.C11), t, TSimd.Broadcast(DoubleExp.C10));
        var p8 = TSimd.MultiplyAdd(TSimd.Broadcast(DoubleExp.C9), t, TSimd.Broadcast(DoubleExp.C8));
        var p6 = TSimd.MultiplyAdd(TSimd.Broadcast(DoubleExp.C7), t, TSimd.Broadcast(DoubleExp.C6));
        var p4 = TSimd.MultiplyAdd(TSimd.Broadcast(DoubleExp.C5), t, TSimd.Broadcast(DoubleExp.C4));
        var p2 = TSimd.MultiplyAdd(TSimd.Broadcast(DoubleExp.C3), t, TSimd.Broadcast(DoubleExp.C2));
        p8 = TSimd.MultiplyAdd(p10, t2, p8);
        p4 = TSimd.MultiplyAdd(p6, t2, p4);
        p4 = TSimd.MultiplyAdd(p8, TSimd.Multiply(t2, t2), p4);
        p2 = TSimd.MultiplyAdd(p4, t2, p2);
        return TSimd.MultiplyAdd(p2, t, TSimd.Broadcast(1d));
    }
}

/// <summary>The parts that instruction sets without VSCALEF share.</summary>
internal static class DoubleExponentBits<TSimd, V>
    where TSimd : struct, ISimd<double, V>, IExponentBits<V>
    where V : struct
{
    /// <summary>2^n for integers n ≤ 1023, flushed to 0 from −1023 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V PowerOfTwo(V n) => TSimd.ShiftIntoExponent(TSimd.Add(
        TSimd.Max(TSimd.Broadcast(DoubleExp.VanishingExponent), n), TSimd.Broadcast(DoubleExp.BiasedMagic)));

    /// <summary>exp(x) = result · power for x ≤ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V ExpNonPositive(V x, out V power)
    {
        x = TSimd.Max(TSimd.Broadcast(DoubleExp.VanishingInput), x);
        var biased = TSimd.MultiplyAdd(x, TSimd.Broadcast(DoubleExp.Log2E), TSimd.Broadcast(DoubleExp.BiasedMagic));
        power = TSimd.ShiftIntoExponent(biased);
        var n = TSimd.Subtract(biased, TSimd.Broadcast(DoubleExp.BiasedMagic));
        return DoubleExp<TSimd, V>.Polynomial(TSimd.ReduceArgument(x, n));
    }
}
