using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Numerics.Kernels;

/// <summary>AVX2 and FMA: 4 doubles a vector.</summary>
internal readonly unsafe struct Avx2Double : ISimd<double, Vector256<double>>, IExponentBits<Vector256<double>>
{
    public static int Lanes => 4;

    public static double Limit => DoubleExp.Limit;

    public static double SmallestSum => DoubleExp.SmallestSum;

    public static double LargestSum => DoubleExp.LargestSum;

    public static double Lift => DoubleExp.Lift;

    public static double SumStart => DoubleExp.SumStart;

    public static int LeastLanesOfRow => Lanes;

    public static double Ln2Last => DoubleExp.Ln2Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(double* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LoadTail(double* source, int count) => Vector256.ConditionalSelect(
        TailMask(count), Avx.MaskLoad(source, TailMask(count)), Vector256.Create(double.NegativeInfinity));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* destination, Vector256<double> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(double* destination, Vector256<double> value) => value.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTail(double* destination, Vector256<double> value, int count) => Avx.MaskStore(destination, TailMask(count), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Broadcast(double value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double First(Vector256<double> value) => value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Subtract(Vector256<double> a, Vector256<double> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Multiply(Vector256<double> a, Vector256<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Divide(Vector256<double> a, Vector256<double> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Fma.MultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Max(Vector256<double> a, Vector256<double> b) => Avx.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Min(Vector256<double> a, Vector256<double> b) => Vector256.MinNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Vector256<double> a, Vector256<double> b) => Vector256.GreaterThanAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxAcross(Vector256<double> value) => PortableDouble.MaxAcross(Vector128.MaxNative(value.GetLower(), value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector256<double> value) => Vector256.Sum(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector256<double> value, Vector256<double> lost, out double rest)
    {
        var (lower, upper) = (value.GetLower(), value.GetUpper());
        var sum = lower + upper;
        var upperThere = sum - lower;
        var lostNow = lower - (sum - upperThere) + (upper - upperThere);
        return PortableDouble.SumAcross(sum, lostNow + (lost.GetLower() + lost.GetUpper()), out rest);
    }

    /// <summary>The sum of all lanes in fewer operations than <see cref="Vector256.Sum{T}(Vector256{T})"/> takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double SumByHalves(Vector256<double> value)
    {
        var half = value.GetLower() + value.GetUpper();
        return half[0] + half[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exchange(Vector256<double> value, int distance) => distance switch
    {
        1 => Vector256.Shuffle(value, Vector256.Create(1L, 0, 3, 2)),
        _ => Vector256.Shuffle(value, Vector256.Create(2L, 3, 0, 1)),
    };

    public static Vector256<double> Permute(Vector256<double> value, Vector256<double> lanes) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> OneMinusProduct(Vector256<double> a, Vector256<double> b) => Fma.MultiplyAddNegated(a, b, Broadcast(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ReduceExactly(Vector256<double> x, Vector256<double> n) => Fma.MultiplyAddNegated(n, Vector256.Create(DoubleExp.Ln2High), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ReduceArgument(Vector256<double> x, Vector256<double> n) =>
        Fma.MultiplyAddNegated(n, Vector256.Create(DoubleExp.Ln2Low), ReduceExactly(x, n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ShiftIntoExponent(Vector256<double> biased) => Avx2.ShiftLeftLogical(biased.AsInt64(), 52).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Mantissa(Vector256<double> x, out Vector256<double> n) => DoubleExp<Avx2Double, Vector256<double>>.Mantissa(x, out n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> NearestExponent(Vector256<double> x) => DoubleExp<Avx2Double, Vector256<double>>.NearestExponent(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> SlopeOfExp(Vector256<double> t) => DoubleExp<Avx2Double, Vector256<double>>.Slope(t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> PowerOfTwo(Vector256<double> n) => DoubleExponentBits<Avx2Double, Vector256<double>>.PowerOfTwo(n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ScaleDown(Vector256<double> m, Vector256<double> n) => Multiply(m, DoubleExponentBits<Avx2Double, Vector256<double>>.PowerOfTwo(n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> AddScaledDown(Vector256<double> sum, Vector256<double> m, Vector256<double> n) =>
        MultiplyAdd(m, DoubleExponentBits<Avx2Double, Vector256<double>>.PowerOfTwo(n), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ExpNonPositive(Vector256<double> x) =>
        Multiply(DoubleExponentBits<Avx2Double, Vector256<double>>.ExpNonPositive(x, out var power), power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> AddExpNonPositive(Vector256<double> sum, Vector256<double> x) =>
        MultiplyAdd(DoubleExponentBits<Avx2Double, Vector256<double>>.ExpNonPositive(x, out var power), power, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> TailMask(int count) =>
        Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).AsDouble();
}
