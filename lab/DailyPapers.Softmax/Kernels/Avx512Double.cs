using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Numerics.Kernels;

/// <summary>AVX-512F: 8 doubles a vector.</summary>
internal readonly unsafe struct Avx512Double : ISimd<double, Vector512<double>>
{
    public static int Lanes => 8;

    public static double Limit => DoubleExp.Limit;

    public static double SmallestSum => DoubleExp.SmallestSum;

    public static double LargestSum => DoubleExp.LargestSum;

    public static double Lift => DoubleExp.Lift;

    public static double SumStart => DoubleExp.SumStart;

    public static int LeastLanesOfRow => 4;

    public static double Ln2Last => DoubleExp.Ln2Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(double* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadTail(double* source, int count) => Avx512F.MaskLoad(source, TailMask(count), Vector512.Create(double.NegativeInfinity));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* destination, Vector512<double> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(double* destination, Vector512<double> value) => value.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTail(double* destination, Vector512<double> value, int count) => Avx512F.MaskStore(destination, TailMask(count), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Broadcast(double value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double First(Vector512<double> value) => value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Subtract(Vector512<double> a, Vector512<double> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Multiply(Vector512<double> a, Vector512<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Divide(Vector512<double> a, Vector512<double> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Avx512F.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Max(Vector512<double> a, Vector512<double> b) => Avx512F.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Min(Vector512<double> a, Vector512<double> b) => Vector512.MinNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Vector512<double> a, Vector512<double> b) => Vector512.GreaterThanAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxAcross(Vector512<double> value)
    {
        var half = Avx.Max(value.GetLower(), value.GetUpper());
        return Avx2Double.MaxAcross(half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector512<double> value) => Vector512.Sum(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector512<double> value, Vector512<double> lost, out double rest)
    {
        var (lower, upper) = (value.GetLower(), value.GetUpper());
        var sum = lower + upper;
        var upperThere = sum - lower;
        var lostNow = lower - (sum - upperThere) + (upper - upperThere);
        return Avx2Double.SumAcross(sum, lostNow + (lost.GetLower() + lost.GetUpper()), out rest);
    }

    /// <summary>The sum of all lanes in fewer operations than <see cref="Vector512.Sum{T}(Vector512{T})"/> takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double SumByHalves(Vector512<double> value) => Avx2Double.SumByHalves(value.GetLower() + value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exchange(Vector512<double> value, int distance) => distance switch
    {
        1 => Vector512.Shuffle(value, Vector512.Create(1L, 0, 3, 2, 5, 4, 7, 6)),
        2 => Vector512.Shuffle(value, Vector512.Create(2L, 3, 0, 1, 6, 7, 4, 5)),
        _ => Vector512.Shuffle(value, Vector512.Create(4L, 5, 6, 7, 0, 1, 2, 3)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Permute(Vector512<double> value, Vector512<double> lanes) => Avx512F.PermuteVar8x64(value, lanes.AsInt64());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> OneMinusProduct(Vector512<double> a, Vector512<double> b) => Avx512F.FusedMultiplyAddNegated(a, b, Broadcast(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ReduceExactly(Vector512<double> x, Vector512<double> n) => Avx512F.FusedMultiplyAddNegated(n, Vector512.Create(DoubleExp.Ln2High), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ReduceArgument(Vector512<double> x, Vector512<double> n) =>
        Avx512F.FusedMultiplyAddNegated(n, Vector512.Create(DoubleExp.Ln2Low), ReduceExactly(x, n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Mantissa(Vector512<double> x, out Vector512<double> n) => DoubleExp<Avx512Double, Vector512<double>>.Mantissa(x, out n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> NearestExponent(Vector512<double> x) => DoubleExp<Avx512Double, Vector512<double>>.NearestExponent(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> SlopeOfExp(Vector512<double> t) => DoubleExp<Avx512Double, Vector512<double>>.Slope(t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> PowerOfTwo(Vector512<double> n) => Avx512F.Scale(Broadcast(1), n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ScaleDown(Vector512<double> m, Vector512<double> n) => Avx512F.Scale(m, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> AddScaledDown(Vector512<double> sum, Vector512<double> m, Vector512<double> n) => Add(sum, Avx512F.Scale(m, n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ExpNonPositive(Vector512<double> x) => Avx512F.Scale(Mantissa(x, out var n), n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> AddExpNonPositive(Vector512<double> sum, Vector512<double> x) => Add(sum, ExpNonPositive(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> TailMask(int count) =>
        Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).AsDouble();
}
