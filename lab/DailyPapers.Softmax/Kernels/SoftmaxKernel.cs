using System.Numerics;
using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>The passes of the three algorithms, written once and specialised for each instruction set.</summary>
/// <remarks>
/// Every summing pass keeps four independent accumulators and takes eight vectors an iteration, every mapping pass takes
/// four: enough work in flight to hide the latency of the arithmetic, few enough registers for AVX2.
/// Sums run over blocks, whose totals are added in double: the chain of single-precision additions stays short
/// whatever the length of the input.
/// </remarks>
internal static unsafe class SoftmaxKernel<T, V, TSimd>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct
    where TSimd : struct, ISimd<T, V>
{
    private const int Block = 8192;

    // region two-pass
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
    // endregion

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

    private static ExtendedExponential Sum(T* x, nint count)
    {
        var sum = ExtendedExponential.Zero;
        for (nint i = 0; i < count; i += Block)
            sum += SumBlock(x + i, nint.Min(Block, count - i));
        return sum;
    }

    // region two-pass-accumulate
    /// <summary>(m_sum, n_sum) += (m_a, n_a) + (m_b, n_b), all brought to the largest of the three exponents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ref V mSum, ref V nSum, V a, V b)
    {
        var mA = TSimd.Mantissa(a, out var nA);
        var mB = TSimd.Mantissa(b, out var nB);
        var nMax = TSimd.Max(nB, TSimd.Max(nA, nSum));
        mSum = TSimd.ScaleDown(mSum, TSimd.Subtract(nSum, nMax));
        mSum = TSimd.AddScaledDown(mSum, mA, TSimd.Subtract(nA, nMax));
        mSum = TSimd.AddScaledDown(mSum, mB, TSimd.Subtract(nB, nMax));
        nSum = nMax;
    }
    // endregion

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ref V mSum, ref V nSum, V a)
    {
        var mA = TSimd.Mantissa(a, out var nA);
        Merge(ref mSum, ref nSum, mA, nA);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Merge(ref V mSum, ref V nSum, V m, V n)
    {
        var nMax = TSimd.Max(n, nSum);
        mSum = TSimd.AddScaledDown(TSimd.ScaleDown(mSum, TSimd.Subtract(nSum, nMax)), m, TSimd.Subtract(n, nMax));
        nSum = nMax;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ExtendedExponential SumBlock(T* x, nint count)
    {
        var floor = TSimd.Broadcast(-TSimd.LargestSum);
        V m0 = default, m1 = default, m2 = default, m3 = default;
        V n0 = floor, n1 = floor, n2 = floor, n3 = floor;
        nint i = 0;
        for (; i <= count - 8 * TSimd.Lanes; i += 8 * TSimd.Lanes)
        {
            Accumulate(ref m0, ref n0, TSimd.Load(x + i), TSimd.Load(x + i + TSimd.Lanes));
            Accumulate(ref m1, ref n1, TSimd.Load(x + i + 2 * TSimd.Lanes), TSimd.Load(x + i + 3 * TSimd.Lanes));
            Accumulate(ref m2, ref n2, TSimd.Load(x + i + 4 * TSimd.Lanes), TSimd.Load(x + i + 5 * TSimd.Lanes));
            Accumulate(ref m3, ref n3, TSimd.Load(x + i + 6 * TSimd.Lanes), TSimd.Load(x + i + 7 * TSimd.Lanes));
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
            Accumulate(ref m0, ref n0, TSimd.Load(x + i));
        if (i < count)
            Accumulate(ref m1, ref n1, TSimd.LoadTail(x + i, (int)(count - i)));

        Merge(ref m0, ref n0, m1, n1);
        Merge(ref m2, ref n2, m3, n3);
        Merge(ref m0, ref n0, m2, n2);
        var n = TSimd.MaxAcross(n0);
        var m = TSimd.SumAcross(TSimd.ScaleDown(m0, TSimd.Subtract(n0, TSimd.Broadcast(n))));
        return new(m, double.CreateChecked(n));
    }

    // region two-pass-rescale
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rescaled(V x, V lambda, V nSum)
    {
        var m = TSimd.Mantissa(x, out var n);
        return TSimd.ScaleDown(TSimd.Multiply(m, lambda), TSimd.Subtract(n, nSum));
    }
    // endregion

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
    private static T Max(T* x, nint count)
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

    private static double SumShifted(T* x, nint count, T mu)
    {
        var sum = 0d;
        for (nint i = 0; i < count; i += Block)
            sum += SumShiftedBlock(x + i, nint.Min(Block, count - i), mu);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumShiftedBlock(T* x, nint count, T mu)
    {
        var shift = TSimd.Broadcast(mu);
        V sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nint i = 0;
        for (; i <= count - 8 * TSimd.Lanes; i += 8 * TSimd.Lanes)
        {
            sum0 = TSimd.AddExpNonPositive(sum0, TSimd.Subtract(TSimd.Load(x + i), shift));
            sum1 = TSimd.AddExpNonPositive(sum1, TSimd.Subtract(TSimd.Load(x + i + TSimd.Lanes), shift));
            sum2 = TSimd.AddExpNonPositive(sum2, TSimd.Subtract(TSimd.Load(x + i + 2 * TSimd.Lanes), shift));
            sum3 = TSimd.AddExpNonPositive(sum3, TSimd.Subtract(TSimd.Load(x + i + 3 * TSimd.Lanes), shift));
            sum0 = TSimd.AddExpNonPositive(sum0, TSimd.Subtract(TSimd.Load(x + i + 4 * TSimd.Lanes), shift));
            sum1 = TSimd.AddExpNonPositive(sum1, TSimd.Subtract(TSimd.Load(x + i + 5 * TSimd.Lanes), shift));
            sum2 = TSimd.AddExpNonPositive(sum2, TSimd.Subtract(TSimd.Load(x + i + 6 * TSimd.Lanes), shift));
            sum3 = TSimd.AddExpNonPositive(sum3, TSimd.Subtract(TSimd.Load(x + i + 7 * TSimd.Lanes), shift));
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
            sum0 = TSimd.AddExpNonPositive(sum0, TSimd.Subtract(TSimd.Load(x + i), shift));
        if (i < count)
            sum1 = TSimd.AddExpNonPositive(sum1, TSimd.Subtract(TSimd.LoadTail(x + i, (int)(count - i)), shift));
        return TSimd.SumAcross(TSimd.Add(TSimd.Add(sum0, sum1), TSimd.Add(sum2, sum3)));
    }

    private static double StoreExpShifted(T* x, T* y, nint count, T mu)
    {
        var sum = 0d;
        for (nint i = 0; i < count; i += Block)
            sum += StoreExpShiftedBlock(x + i, y + i, nint.Min(Block, count - i), mu);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double StoreExpShiftedBlock(T* x, T* y, nint count, T mu)
    {
        var shift = TSimd.Broadcast(mu);
        V sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nint i = 0;
        for (; i <= count - 4 * TSimd.Lanes; i += 4 * TSimd.Lanes)
        {
            var y0 = TSimd.ExpNonPositive(TSimd.Subtract(TSimd.Load(x + i), shift));
            var y1 = TSimd.ExpNonPositive(TSimd.Subtract(TSimd.Load(x + i + TSimd.Lanes), shift));
            var y2 = TSimd.ExpNonPositive(TSimd.Subtract(TSimd.Load(x + i + 2 * TSimd.Lanes), shift));
            var y3 = TSimd.ExpNonPositive(TSimd.Subtract(TSimd.Load(x + i + 3 * TSimd.Lanes), shift));
            TSimd.Store(y + i, y0);
            TSimd.Store(y + i + TSimd.Lanes, y1);
            TSimd.Store(y + i + 2 * TSimd.Lanes, y2);
            TSimd.Store(y + i + 3 * TSimd.Lanes, y3);
            sum0 = TSimd.Add(sum0, y0);
            sum1 = TSimd.Add(sum1, y1);
            sum2 = TSimd.Add(sum2, y2);
            sum3 = TSimd.Add(sum3, y3);
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
        {
            var y0 = TSimd.ExpNonPositive(TSimd.Subtract(TSimd.Load(x + i), shift));
            TSimd.Store(y + i, y0);
            sum0 = TSimd.Add(sum0, y0);
        }
        if (i < count)
        {
            var tail = (int)(count - i);
            var y1 = TSimd.ExpNonPositive(TSimd.Subtract(TSimd.LoadTail(x + i, tail), shift));
            TSimd.StoreTail(y + i, y1, tail);
            sum1 = TSimd.Add(sum1, y1);
        }
        return TSimd.SumAcross(TSimd.Add(TSimd.Add(sum0, sum1), TSimd.Add(sum2, sum3)));
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
