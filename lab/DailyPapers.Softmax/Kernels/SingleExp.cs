using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>exp in single precision for every instruction set: one reduction, one polynomial.</summary>
internal static class SingleExp
{
    internal const float Log2E = 1.44269504f;
    internal const float Ln2High = 0.693147182f;
    internal const float Ln2Low = -1.90465421e-09f;

    // Three parts of 8, 8 and 24 bits, for hardware without FMA: n (16 bits) times a head of 8 bits is exact.
    internal const float Ln2Head = 0.69140625f;
    internal const float Ln2Middle = 0.00173950195f;
    internal const float Ln2Tail = 1.42860677e-06f;

    // 1 + c1 t + ... + c5 t^5 on |t| <= ln2/2. Remez's algorithm with the constant fixed to 1 gave the start; a search over
    // neighbouring floats then lowered the worst error of the rounded evaluation, over the floats in [-87, 87] themselves,
    // from 2.01 to 1.95 units in the last place. (The polynomial alone is off by 1.1e-07, 1.7 · 2^-24.)
    internal const float C1 = 0.999999702f;
    internal const float C2 = 0.499991715f;
    internal const float C3 = 0.166677162f;
    internal const float C4 = 0.041895967f;
    internal const float C5 = 0.00828431174f;

    // 1 + t + a2 t^2 + ... + a6 t^6 on the same range, minimax for the relative error: 0.07 · 2^-24, so that only rounding counts.
    internal const float A2 = 0.49999994f;
    internal const float A3 = 0.166665196f;
    internal const float A4 = 0.0416684076f;
    internal const float A5 = 0.0083689224f;
    internal const float A6 = 0.00138141715f;

    /// <summary>Inputs within ±Limit keep n below 2^16, where the reduction loses nothing that matters.</summary>
    internal const float Limit = 32768f;

    /// <summary>n at Limit: Limit / ln 2, rounded.</summary>
    internal const float LargestSum = 47274f;

    /// <summary>300 above n at −Limit: more than the 2^−276 from the largest float to the smallest.</summary>
    internal const float SmallestSum = 300f - LargestSum;

    /// <summary>Exponentials of a short row are kept 2^Lift times as large, so that a result near the smallest normal number is not rounded as a subnormal one first.</summary>
    internal const float Lift = 64f;

    /// <summary>32 · 2^Lift, above such an exponential; whole units of its last place can be added for 32 exponentials.</summary>
    internal const float SumStart = 5.9029581e20f;

    /// <summary>Adding 1.5 · 2^23 rounds to an integer and leaves that integer in the low bits.</summary>
    internal const float Magic = 12582912f;

    /// <summary>Magic plus the exponent bias 127: the low bits are then the exponent field of 2^n.</summary>
    internal const float BiasedMagic = 12583039f;

    /// <summary>Exponent at which the exponent field is 0, so that 2^n becomes 0.</summary>
    internal const float VanishingExponent = -127f;

    /// <summary>−127 ln 2: rounds to the vanishing exponent.</summary>
    internal const float VanishingInput = -88.0296936f;
}

/// <summary>The shared code of <see cref="SingleExp"/>, specialised for <typeparamref name="TSimd"/>.</summary>
internal static class SingleExp<TSimd, V>
    where TSimd : struct, ISimd<float, V>
    where V : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Mantissa(V x, out V n)
    {
        x = TSimd.Max(TSimd.Broadcast(-SingleExp.Limit), x);
        n = NearestExponent(x);
        return Polynomial(TSimd.ReduceArgument(x, n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V NearestExponent(V x) => TSimd.Subtract(
        TSimd.MultiplyAdd(x, TSimd.Broadcast(SingleExp.Log2E), TSimd.Broadcast(SingleExp.Magic)),
        TSimd.Broadcast(SingleExp.Magic));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Polynomial(V t)
    {
        var p = TSimd.MultiplyAdd(TSimd.Broadcast(SingleExp.C5), t, TSimd.Broadcast(SingleExp.C4));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(SingleExp.C3));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(SingleExp.C2));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(SingleExp.C1));
        return TSimd.MultiplyAdd(p, t, TSimd.Broadcast(1f));
    }

    /// <summary>(exp(t) − 1) / t, by the polynomial with one degree more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Slope(V t)
    {
        var p = TSimd.MultiplyAdd(TSimd.Broadcast(SingleExp.A6), t, TSimd.Broadcast(SingleExp.A5));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(SingleExp.A4));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(SingleExp.A3));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(SingleExp.A2));
        return TSimd.MultiplyAdd(p, t, TSimd.Broadcast(1f));
    }
}

/// <summary>The parts that instruction sets without VSCALEF share.</summary>
internal static class SingleExponentBits<TSimd, V>
    where TSimd : struct, ISimd<float, V>, IExponentBits<V>
    where V : struct
{
    /// <summary>2^n for integers n ≤ 127, flushed to 0 from −127 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V PowerOfTwo(V n) => TSimd.ShiftIntoExponent(TSimd.Add(
        TSimd.Max(TSimd.Broadcast(SingleExp.VanishingExponent), n), TSimd.Broadcast(SingleExp.BiasedMagic)));

    /// <summary>exp(x) = result · power for x ≤ 0; one clamp serves −∞ and the flush to 0 alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V ExpNonPositive(V x, out V power)
    {
        x = TSimd.Max(TSimd.Broadcast(SingleExp.VanishingInput), x);
        var biased = TSimd.MultiplyAdd(x, TSimd.Broadcast(SingleExp.Log2E), TSimd.Broadcast(SingleExp.BiasedMagic));
        power = TSimd.ShiftIntoExponent(biased);
        var n = TSimd.Subtract(biased, TSimd.Broadcast(SingleExp.BiasedMagic));
        return SingleExp<TSimd, V>.Polynomial(TSimd.ReduceArgument(x, n));
    }
}
