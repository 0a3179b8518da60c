using System.Numerics;
using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>The passes of the three algorithms, written once and specialised for each instruction set.</summary>
/// <remarks>
/// Every summing pass keeps two independent accumulators and takes eight vectors an iteration, every mapping pass takes
/// four: enough work in flight to hide the latency of the arithmetic, few enough registers for AVX2.
/// Sums are compensated (Kahan) every four vectors, for three instructions: without it, equal inputs round the same way
/// at each addition, and the sum of a few thousand of them is off by tens of units in the last place.
/// </remarks>
internal static unsafe class SoftmaxKernel<T, V, TSimd>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct
    where TSimd : struct, ISimd<T, V>
{
    // #region two-pass
    internal static void TwoPass(T* x, T* y, nint count)
    {
        var sum = Sum(x, count);
        if (!IsWithinLimits(sum))
        {
            ThreePassRecompute(x, y, count);
            return;
        }
        // y_i = m_i / m_sum * 2^(n_i - n_sum)
        Rescale(x, y, count, T.CreateChecked(1 / sum.Mantissa), T.CreateChecked(sum.Exponent));
    }
    // #endregion two-pass

    internal static void ThreePassRecompute(T* x, T* y, nint count)
    {
        var mu = Max(x, count);
        if (!T.IsFinite(mu))
        {
            new Span<T>(y, checked((int)count)).Fill(T.NaN);
            return;
        }
        var sigma = SumShifted(x, count, mu);
        ExpShifted(x, y, count, mu, T.CreateChecked(1 / sigma));
    }

    internal static void ThreePassReload(T* x, T* y, nint count)
    {
        var mu = Max(x, count);
        if (!T.IsFinite(mu))
        {
            new Span<T>(y, checked((int)count)).Fill(T.NaN);
            return;
        }
        var sigma = StoreExpShifted(x, y, count, mu);
        Multiply(y, count, T.CreateChecked(1 / sigma));
    }

    /// <summary>The sum of exp(x) with its exponent apart, for any input.</summary>
    internal static ExtendedExponential SumOfExponentials(T* x, nint count)
    {
        var sum = Sum(x, count);
        if (IsWithinLimits(sum))
            return sum;
        var mu = Max(x, count);
        if (T.IsFinite(mu))
        {
            var largest = ExtendedExponential.Exp(double.CreateChecked(mu));
            return largest with { Mantissa = largest.Mantissa * SumShifted(x, count, mu) };
        }
        foreach (var value in new ReadOnlySpan<T>(x, (int)count))
        {
            if (T.IsNaN(value))
                return new(double.NaN, 0);
        }
        return ExtendedExponential.Exp(double.CreateChecked(mu));
    }

    // A sum outside may hold inputs that were clamped, or too large for the reduction; a NaN compares false.
    private static bool IsWithinLimits(ExtendedExponential sum) =>
        sum.Exponent >= double.CreateChecked(TSimd.SmallestSum) && sum.Exponent <= double.CreateChecked(TSimd.LargestSum) && double.IsFinite(sum.Mantissa);

    // #region two-pass-accumulate
    /// <summary>(m_sum, n_sum) += Σ (m_i, n_i), all brought to the largest of the exponents; c keeps what m_sum lost to rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ref V mSum, ref V c, ref V nSum, V x0, V x1, V x2, V x3)
    {
        var m0 = TSimd.Mantissa(x0, out var n0);
        var m1 = TSimd.Mantissa(x1, out var n1);
        var m2 = TSimd.Mantissa(x2, out var n2);
        var m3 = TSimd.Mantissa(x3, out var n3);
        var nMax = TSimd.Max(TSimd.Max(TSimd.Max(n0, n1), TSimd.Max(n2, n3)), nSum);
        var m01 = TSimd.AddScaledDown(TSimd.ScaleDown(m0, TSimd.Subtract(n0, nMax)), m1, TSimd.Subtract(n1, nMax));
        var m23 = TSimd.AddScaledDown(TSimd.ScaleDown(m2, TSimd.Subtract(n2, nMax)), m3, TSimd.Subtract(n3, nMax));
        Rebase(ref mSum, ref c, ref nSum, nMax);
        AddCompensated(ref mSum, ref c, TSimd.Add(m01, m23));
    }
    // #endregion two-pass-accumulate

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ref V mSum, ref V c, ref V nSum, V x)
    {
        var m = TSimd.Mantissa(x, out var n);
        var nMax = TSimd.Max(n, nSum);
        Rebase(ref mSum, ref c, ref nSum, nMax);
        AddCompensated(ref mSum, ref c, TSimd.ScaleDown(m, TSimd.Subtract(n, nMax)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rebase(ref V mSum, ref V c, ref V nSum, V nMax)
    {
        var down = TSimd.Subtract(nSum, nMax);
        mSum = TSimd.ScaleDown(mSum, down);
        c = TSimd.ScaleDown(c, down);
        nSum = nMax;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddCompensated(ref V sum, ref V c, V term)
    {
        var total = TSimd.Add(sum, term);
        c = TSimd.Add(c, TSimd.Subtract(term, TSimd.Subtract(total, sum)));
        sum = total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ExtendedExponential Sum(T* x, nint count)
    {
        V m0 = default, m1 = default, c0 = default, c1 = default;
        var n0 = TSimd.Broadcast(-TSimd.LargestSum);
        var n1 = n0;
        nint i = 0;
        for (; i <= count - 8 * TSimd.Lanes; i += 8 * TSimd.Lanes)
        {
            Accumulate(ref m0, ref c0, ref n0, TSimd.Load(x + i), TSimd.Load(x + i + TSimd.Lanes),
                TSimd.Load(x + i + 2 * TSimd.Lanes), TSimd.Load(x + i + 3 * TSimd.Lanes));
            Accumulate(ref m1, ref c1, ref n1, TSimd.Load(x + i + 4 * TSimd.Lanes), TSimd.Load(x + i + 5 * TSimd.Lanes),
                TSimd.Load(x + i + 6 * TSimd.Lanes), TSimd.Load(x + i + 7 * TSimd.Lanes));
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
            Accumulate(ref m0, ref c0, ref n0, TSimd.Load(x + i));
        if (i < count)
            Accumulate(ref m1, ref c1, ref n1, TSimd.LoadTail(x + i, (int)(count - i)));

        var largest = TSimd.MaxAcross(TSimd.Max(n0, n1));
        var n = TSimd.Broadcast(largest);
        Rebase(ref m0, ref c0, ref n0, n);
        Rebase(ref m1, ref c1, ref n1, n);
        var m = TSimd.SumAcross(m0) + TSimd.SumAcross(m1) + (TSimd.SumAcross(c0) + TSimd.SumAcross(c1));
        return new(m, double.CreateTruncating(largest));
    }

    // #region two-pass-rescale
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rescaled(V x, V lambda, V nSum)
    {
        var m = TSimd.Mantissa(x, out var n);
        return TSimd.ScaleDown(TSimd.Multiply(m, lambda), TSimd.Subtract(n, nSum));
    }
    // #endregion two-pass-rescale

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rescale(T* x, T* y, nint count, T lambda, T nSum)
    {
        var scale = TSimd.Broadcast(lambda);
        var exponent = TSimd.Broadcast(nSum);
        nint i = 0;
        for (; i <= count - 4 * TSimd.Lanes; i += 4 * TSimd.Lanes)
        {
            var y0 = Rescaled(TSimd.Load(x + i), scale, exponent);
            var y1 = Rescaled(TSimd.Load(x + i + TSimd.Lanes), scale, exponent);
            var y2 = Rescaled(TSimd.Load(x + i + 2 * TSimd.Lanes), scale, exponent);
            var y3 = Rescaled(TSimd.Load(x + i + 3 * TSimd.Lanes), scale, exponent);
            TSimd.Store(y + i, y0);
            TSimd.Store(y + i + TSimd.Lanes, y1);
            TSimd.Store(y + i + 2 * TSimd.Lanes, y2);
            TSimd.Store(y + i + 3 * TSimd.Lanes, y3);
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
            TSimd.Store(y + i, Rescaled(TSimd.Load(x + i), scale, exponent));
        if (i < count)
        {
            var tail = (int)(count - i);
            TSimd.StoreTail(y + i, Rescaled(TSimd.LoadTail(x + i, tail), scale, exponent), tail);
        }
    }

    /// <summary>The largest element; a NaN is passed over (it surfaces in the sum that follows).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T Max(T* x, nint count)
    {
        var lowest = TSimd.Broadcast(T.NegativeInfinity);
        V max0 = lowest, max1 = lowest, max2 = lowest, max3 = lowest;
        nint i = 0;
        for (; i <= count - 8 * TSimd.Lanes; i += 8 * TSimd.Lanes)
        {
            max0 = TSimd.Max(TSimd.Load(x + i), max0);
            max1 = TSimd.Max(TSimd.Load(x + i + TSimd.Lanes), max1);
            max2 = TSimd.Max(TSimd.Load(x + i + 2 * TSimd.Lanes), max2);
            max3 = TSimd.Max(TSimd.Load(x + i + 3 * TSimd.Lanes), max3);
            max0 = TSimd.Max(TSimd.Load(x + i + 4 * TSimd.Lanes), max0);
            max1 = TSimd.Max(TSimd.Load(x + i + 5 * TSimd.Lanes), max1);
            max2 = TSimd.Max(TSimd.Load(x + i + 6 * TSimd.Lanes), max2);
            max3 = TSimd.Max(TSimd.Load(x + i + 7 * TSimd.Lanes), max3);
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
            max0 = TSimd.Max(TSimd.Load(x + i), max0);
        if (i < count)
            max1 = TSimd.Max(TSimd.LoadTail(x + i, (int)(count - i)), max1);
        return TSimd.MaxAcross(TSimd.Max(TSimd.Max(max0, max1), TSimd.Max(max2, max3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddExpShifted(ref V sum, ref V c, V mu, V x0, V x1, V x2, V x3)
    {
        var y01 = TSimd.AddExpNonPositive(TSimd.ExpNonPositive(TSimd.Subtract(x0, mu)), TSimd.Subtract(x1, mu));
        var y23 = TSimd.AddExpNonPositive(TSimd.ExpNonPositive(TSimd.Subtract(x2, mu)), TSimd.Subtract(x3, mu));
        AddCompensated(ref sum, ref c, TSimd.Add(y01, y23));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumShifted(T* x, nint count, T mu)
    {
        var shift = TSimd.Broadcast(mu);
        V sum0 = default, sum1 = default, c0 = default, c1 = default;
        nint i = 0;
        for (; i <= count - 8 * TSimd.Lanes; i += 8 * TSimd.Lanes)
        {
            AddExpShifted(ref sum0, ref c0, shift, TSimd.Load(x + i), TSimd.Load(x + i + TSimd.Lanes),
                TSimd.Load(x + i + 2 * TSimd.Lanes), TSimd.Load(x + i + 3 * TSimd.Lanes));
            AddExpShifted(ref sum1, ref c1, shift, TSimd.Load(x + i + 4 * TSimd.Lanes), TSimd.Load(x + i + 5 * TSimd.Lanes),
                TSimd.Load(x + i + 6 * TSimd.Lanes), TSimd.Load(x + i + 7 * TSimd.Lanes));
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
            AddCompensated(ref sum0, ref c0, TSimd.ExpNonPositive(TSimd.Subtract(TSimd.Load(x + i), shift)));
        if (i < count)
            AddCompensated(ref sum1, ref c1, TSimd.ExpNonPositive(TSimd.Subtract(TSimd.LoadTail(x + i, (int)(count - i)), shift)));
        return TSimd.SumAcross(sum0) + TSimd.SumAcross(sum1) + (TSimd.SumAcross(c0) + TSimd.SumAcross(c1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreExpShifted(T* y, ref V sum, ref V c, V mu, V x0, V x1, V x2, V x3)
    {
        var y0 = TSimd.ExpNonPositive(TSimd.Subtract(x0, mu));
        var y1 = TSimd.ExpNonPositive(TSimd.Subtract(x1, mu));
        var y2 = TSimd.ExpNonPositive(TSimd.Subtract(x2, mu));
        var y3 = TSimd.ExpNonPositive(TSimd.Subtract(x3, mu));
        TSimd.Store(y, y0);
        TSimd.Store(y + TSimd.Lanes, y1);
        TSimd.Store(y + 2 * TSimd.Lanes, y2);
        TSimd.Store(y + 3 * TSimd.Lanes, y3);
        AddCompensated(ref sum, ref c, TSimd.Add(TSimd.Add(y0, y1), TSimd.Add(y2, y3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double StoreExpShifted(T* x, T* y, nint count, T mu)
    {
        var shift = TSimd.Broadcast(mu);
        V sum0 = default, sum1 = default, c0 = default, c1 = default;
        nint i = 0;
        for (; i <= count - 8 * TSimd.Lanes; i += 8 * TSimd.Lanes)
        {
            StoreExpShifted(y + i, ref sum0, ref c0, shift, TSimd.Load(x + i), TSimd.Load(x + i + TSimd.Lanes),
                TSimd.Load(x + i + 2 * TSimd.Lanes), TSimd.Load(x + i + 3 * TSimd.Lanes));
            StoreExpShifted(y + i + 4 * TSimd.Lanes, ref sum1, ref c1, shift, TSimd.Load(x + i + 4 * TSimd.Lanes), TSimd.Load(x + i + 5 * TSimd.Lanes),
                TSimd.Load(x + i + 6 * TSimd.Lanes), TSimd.Load(x + i + 7 * TSimd.Lanes));
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
        {
            var y0 = TSimd.ExpNonPositive(TSimd.Subtract(TSimd.Load(x + i), shift));
            TSimd.Store(y + i, y0);
            AddCompensated(ref sum0, ref c0, y0);
        }
        if (i < count)
        {
            var tail = (int)(count - i);
            var y1 = TSimd.ExpNonPositive(TSimd.Subtract(TSimd.LoadTail(x + i, tail), shift));
            TSimd.StoreTail(y + i, y1, tail);
            AddCompensated(ref sum1, ref c1, y1);
        }
        return TSimd.SumAcross(sum0) + TSimd.SumAcross(sum1) + (TSimd.SumAcross(c0) + TSimd.SumAcross(c1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpShifted(V x, V mu, V lambda) =>
        TSimd.Multiply(TSimd.ExpNonPositive(TSimd.Subtract(x, mu)), lambda);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ExpShifted(T* x, T* y, nint count, T mu, T lambda)
    {
        var shift = TSimd.Broadcast(mu);
        var scale = TSimd.Broadcast(lambda);
        nint i = 0;
        for (; i <= count - 4 * TSimd.Lanes; i += 4 * TSimd.Lanes)
        {
            var y0 = ExpShifted(TSimd.Load(x + i), shift, scale);
            var y1 = ExpShifted(TSimd.Load(x + i + TSimd.Lanes), shift, scale);
            var y2 = ExpShifted(TSimd.Load(x + i + 2 * TSimd.Lanes), shift, scale);
            var y3 = ExpShifted(TSimd.Load(x + i + 3 * TSimd.Lanes), shift, scale);
            TSimd.Store(y + i, y0);
            TSimd.Store(y + i + TSimd.Lanes, y1);
            TSimd.Store(y + i + 2 * TSimd.Lanes, y2);
            TSimd.Store(y + i + 3 * TSimd.Lanes, y3);
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
            TSimd.Store(y + i, ExpShifted(TSimd.Load(x + i), shift, scale));
        if (i < count)
        {
            var tail = (int)(count - i);
            TSimd.StoreTail(y + i, ExpShifted(TSimd.LoadTail(x + i, tail), shift, scale), tail);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(T* y, nint count, T lambda)
    {
        var scale = TSimd.Broadcast(lambda);
        nint i = 0;
        for (; i <= count - 4 * TSimd.Lanes; i += 4 * TSimd.Lanes)
        {
            TSimd.Store(y + i, TSimd.Multiply(TSimd.Load(y + i), scale));
            TSimd.Store(y + i + TSimd.Lanes, TSimd.Multiply(TSimd.Load(y + i + TSimd.Lanes), scale));
            TSimd.Store(y + i + 2 * TSimd.Lanes, TSimd.Multiply(TSimd.Load(y + i + 2 * TSimd.Lanes), scale));
            TSimd.Store(y + i + 3 * TSimd.Lanes, TSimd.Multiply(TSimd.Load(y + i + 3 * TSimd.Lanes), scale));
        }
        for (; i < count; i++)
            y[i] *= lambda;
    }
}
