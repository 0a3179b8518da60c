using System.Numerics;
using System.Runtime.Intrinsics;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary>
/// Rational functions of degrees 5 and 4 on the rows of a matrix, one function a column, and their gradients, each in one pass
/// over memory. Columns go through registers side by side, so that coefficients and sums of gradients stay in them along the rows.
/// </summary>
internal static unsafe class RationalKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The numerator's degree.</summary>
    internal const int NumeratorDegree = 5;

    /// <summary>The denominator's degree.</summary>
    internal const int DenominatorDegree = 4;

    /// <summary>a₀ to a₅, b₁ to b₄.</summary>
    internal const int Coefficients = NumeratorDegree + 1 + DenominatorDegree;

    // Elements below which a second thread costs more than it saves.
    private const int LeastPart = 1 << 15;
    private const int MostParts = 32;

    // Rows whose gradients are summed in the element's own type; blocks are summed in 64 bits.
    private const int RowsAtOnce = 128;

    /// <summary>y = F(x).</summary>
    /// <param name="x">(rows, columns).</param>
    /// <param name="y">(rows, columns).</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="coefficients">(10, columns); with <paramref name="absolute"/> the denominator's are not negative.</param>
    /// <param name="absolute">Whether the denominator is a polynomial in |x|.</param>
    /// <param name="threads">How many threads may work.</param>
    internal static void Forward(T* x, T* y, long rows, int columns, T* coefficients, bool absolute, int threads) =>
        InParts(rows, columns, threads, (_, from, until) =>
        {
            for (var row = from; row < until; row += RowsAtOnce)
            {
                var count = (int)Math.Min(RowsAtOnce, until - row);
                var start = row * columns;
                var column = 0;
                if (Vector512.IsHardwareAccelerated)
                    column = Forward<Lanes512<T>>(x + start, y + start, count, columns, column, coefficients, absolute);
                if (Vector256.IsHardwareAccelerated)
                    column = Forward<Lanes256<T>>(x + start, y + start, count, columns, column, coefficients, absolute);
                Forward<ScalarLane<T>>(x + start, y + start, count, columns, column, coefficients, absolute);
            }
        });

    /// <summary>Gradients by x and by the coefficients.</summary>
    /// <param name="x">(rows, columns).</param>
    /// <param name="gradient">By y, (rows, columns).</param>
    /// <param name="byX">Receives the gradient by x, (rows, columns).</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="coefficients">As for <see cref="Forward(T*, T*, long, int, T*, bool, int)"/>.</param>
    /// <param name="absolute">Whether the denominator is a polynomial in |x|.</param>
    /// <param name="threads">How many threads may work.</param>
    /// <returns>The gradient by the coefficients, (10, columns). Sums are taken in the same order however many threads work.</returns>
    internal static double[] Backward(T* x, T* gradient, T* byX, long rows, int columns, T* coefficients, bool absolute, int threads)
    {
        var size = Coefficients * columns;
        var partial = new double[Parts(rows, columns) * size];
        InParts(rows, columns, threads, (part, from, until) =>
        {
            fixed (double* sums = &partial[part * size])
            {
                for (var row = from; row < until; row += RowsAtOnce)
                {
                    var count = (int)Math.Min(RowsAtOnce, until - row);
                    var start = row * columns;
                    var column = 0;
                    if (Vector512.IsHardwareAccelerated)
                        column = Backward<Lanes512<T>>(x + start, gradient + start, byX + start, count, columns, column, coefficients, absolute, sums);
                    if (Vector256.IsHardwareAccelerated)
                        column = Backward<Lanes256<T>>(x + start, gradient + start, byX + start, count, columns, column, coefficients, absolute, sums);
                    Backward<ScalarLane<T>>(x + start, gradient + start, byX + start, count, columns, column, coefficients, absolute, sums);
                }
            }
        });
        var total = partial[..size];
        for (var i = size; i < partial.Length; i++)
            total[i % size] += partial[i];
        return total;
    }

    // #region forward
    private static int Forward<TLanes>(T* x, T* y, int rows, int columns, int column, T* coefficients, bool absolute)
        where TLanes : struct, ILanes<TLanes, T>
    {
        var one = TLanes.All(T.One);
        for (; column <= columns - TLanes.Count; column += TLanes.Count)
        {
            var at = coefficients + column;
            var (a0, a1, a2) = (TLanes.Load(at), TLanes.Load(at + columns), TLanes.Load(at + 2 * columns));
            var (a3, a4, a5) = (TLanes.Load(at + 3 * columns), TLanes.Load(at + 4 * columns), TLanes.Load(at + 5 * columns));
            var (b1, b2, b3, b4) = (TLanes.Load(at + 6 * columns), TLanes.Load(at + 7 * columns), TLanes.Load(at + 8 * columns), TLanes.Load(at + 9 * columns));
            for (var (row, place) = (0, (long)column); row < rows; row++, place += columns)
            {
                var v = TLanes.Load(x + place);
                var p = TLanes.MultiplyAdd(a5, v, a4);
                p = TLanes.MultiplyAdd(p, v, a3);
                p = TLanes.MultiplyAdd(p, v, a2);
                p = TLanes.MultiplyAdd(p, v, a1);
                p = TLanes.MultiplyAdd(p, v, a0);
                var u = absolute ? v * TLanes.Sign(v) : v;
                var b = TLanes.MultiplyAdd(b4, u, b3);
                b = TLanes.MultiplyAdd(b, u, b2);
                b = TLanes.MultiplyAdd(b, u, b1) * u;
                (p / TLanes.MultiplyAdd(b, TLanes.Sign(b), one)).Store(y + place);
            }
        }
        return column;
    }
    // #endregion forward

    // #region backward
    private static int Backward<TLanes>(T* x, T* gradient, T* byX, int rows, int columns, int column, T* coefficients, bool absolute, double* sums)
        where TLanes : struct, ILanes<TLanes, T>
    {
        var (zero, one) = (TLanes.All(T.Zero), TLanes.All(T.One));
        var lanes = stackalloc T[TLanes.Count];
        for (; column <= columns - TLanes.Count; column += TLanes.Count)
        {
            var at = coefficients + column;
            var (a0, a1, a2) = (TLanes.Load(at), TLanes.Load(at + columns), TLanes.Load(at + 2 * columns));
            var (a3, a4, a5) = (TLanes.Load(at + 3 * columns), TLanes.Load(at + 4 * columns), TLanes.Load(at + 5 * columns));
            var (b1, b2, b3, b4) = (TLanes.Load(at + 6 * columns), TLanes.Load(at + 7 * columns), TLanes.Load(at + 8 * columns), TLanes.Load(at + 9 * columns));
            var (s0, s1, s2, s3, s4, s5) = (zero, zero, zero, zero, zero, zero);
            var (t1, t2, t3, t4) = (zero, zero, zero, zero);
            for (var (row, place) = (0, (long)column); row < rows; row++, place += columns)
            {
                // Horner's rule for P and P', then for B and B', Q = 1 + |B|.
                var v = TLanes.Load(x + place);
                var p = TLanes.MultiplyAdd(a5, v, a4);
                var slope = TLanes.MultiplyAdd(a5, v, p);
                p = TLanes.MultiplyAdd(p, v, a3);
                slope = TLanes.MultiplyAdd(slope, v, p);
                p = TLanes.MultiplyAdd(p, v, a2);
                slope = TLanes.MultiplyAdd(slope, v, p);
                p = TLanes.MultiplyAdd(p, v, a1);
                slope = TLanes.MultiplyAdd(slope, v, p);
                p = TLanes.MultiplyAdd(p, v, a0);
                var side = absolute ? TLanes.Sign(v) : one;
                var u = v * side;
                var b = TLanes.MultiplyAdd(b4, u, b3);
                var rise = TLanes.MultiplyAdd(b4, u, b);
                b = TLanes.MultiplyAdd(b, u, b2);
                rise = TLanes.MultiplyAdd(rise, u, b);
                b = TLanes.MultiplyAdd(b, u, b1);
                rise = TLanes.MultiplyAdd(rise, u, b);
                b *= u;
                var sign = TLanes.Sign(b);
                var inverse = one / TLanes.MultiplyAdd(b, sign, one);

                // ∂F/∂aᵢ = xⁱ/Q, ∂F/∂bᵢ = −F sign(B) xⁱ/Q, ∂F/∂x = (P' − F sign(B) B')/Q.
                var power = TLanes.Load(gradient + place) * inverse;
                var minus = -(p * inverse * sign);
                (power * TLanes.MultiplyAdd(minus * side, rise, slope)).Store(byX + place);
                var other = power * minus * u;
                s0 += power;
                power *= v;
                s1 += power;
                power *= v;
                s2 += power;
                power *= v;
                s3 += power;
                power *= v;
                s4 += power;
                s5 = TLanes.MultiplyAdd(power, v, s5);
                t1 += other;
                other *= u;
                t2 += other;
                other *= u;
                t3 += other;
                t4 = TLanes.MultiplyAdd(other, u, t4);
            }
            Add(s0, 0);
            Add(s1, 1);
            Add(s2, 2);
            Add(s3, 3);
            Add(s4, 4);
            Add(s5, 5);
            Add(t1, 6);
            Add(t2, 7);
            Add(t3, 8);
            Add(t4, 9);

            void Add(TLanes sum, int coefficient)
            {
                sum.Store(lanes);
                for (var lane = 0; lane < TLanes.Count; lane++)
                    sums[coefficient * columns + column + lane] += double.CreateTruncating(lanes[lane]);
            }
        }
        return column;
    }
    // #endregion backward

    private static int Parts(long rows, int columns) => (int)Math.Clamp(rows * columns / LeastPart, 1, Math.Min(MostParts, Math.Max(1, rows)));

    private static void InParts(long rows, int columns, int threads, Action<int, long, long> work)
    {
        var parts = Parts(rows, columns);
        if (parts == 1 || threads == 1)
        {
            for (var part = 0; part < parts; part++)
                work(part, rows * part / parts, rows * (part + 1) / parts);
        }
        else
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part => work(part, rows * part / parts, rows * (part + 1) / parts));
    }
}
