using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace DailyPapers.Numerics.Kernels;

/// <summary>NEON of 64-bit ARM, with its fused multiply-add: 2 doubles a vector.</summary>
internal readonly unsafe struct NeonDouble : ISimd<double, Vector128<double>>, IExponentBits<Vector128<double>>
{
    public static int Lanes => 2;

    public static double Limit => DoubleExp.Limit;

    public static double SmallestSum => DoubleExp.SmallestSum;

    public static double LargestSum => DoubleExp.LargestSum;

    public static double Lift => DoubleExp.Lift;

    public static double SumStart => DoubleExp.SumStart;

    public static int LeastLanesOfRow => Lanes;

    public static double Ln2Last => DoubleExp.Ln2Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Load(double* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadTail(double* source, int count) => PortableDouble.LoadTail(source, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* destination, Vector128<double> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(double* destination, Vector128<double> value) => value.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTail(double* destination, Vector128<double> value, int count) => PortableDouble.StoreTail(destination, value, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Broadcast(double value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double First(Vector128<double> value) => value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Add(Vector128<double> a, Vector128<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Subtract(Vector128<double> a, Vector128<double> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Multiply(Vector128<double> a, Vector128<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Divide(Vector128<double> a, Vector128<double> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> MultiplyAdd(Vector128<double> a, Vector128<double> b, Vector128<double> c) => AdvSimd.Arm64.FusedMultiplyAdd(c, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Max(Vector128<double> a, Vector128<double> b) => AdvSimd.Arm64.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Min(Vector128<double> a, Vector128<double> b) => Vector128.MinNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Vector128<double> a, Vector128<double> b) => Vector128.GreaterThanAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxAcross(Vector128<double> value) =>
        Vector128.MaxNative(value, Vector128.Shuffle(value, Vector128.Create(1L, 0))).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector128<double> value) => value[0] + value[1];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector128<double> value, Vector128<double> lost, out double rest) => PortableDouble.SumAcross(value, lost, out rest);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Exchange(Vector128<double> value, int distance) => PortableDouble.Exchange(value, distance);

    public static Vector128<double> Permute(Vector128<double> value, Vector128<double> lanes) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> OneMinusProduct(Vector128<double> a, Vector128<double> b) => AdvSimd.Arm64.FusedMultiplySubtract(Broadcast(1), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ReduceExactly(Vector128<double> x, Vector128<double> n) => AdvSimd.Arm64.FusedMultiplySubtract(x, n, Vector128.Create(DoubleExp.Ln2High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ReduceArgument(Vector128<double> x, Vector128<double> n) =>
        AdvSimd.Arm64.FusedMultiplySubtract(ReduceExactly(x, n), n, Vector128.Create(DoubleExp.Ln2Low));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ShiftIntoExponent(Vector128<double> biased) => Vector128.ShiftLeft(biased.AsInt64(), 52).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Mantissa(Vector128<double> x, out Vector128<double> n) => DoubleExp<NeonDouble, Vector128<double>>.Mantissa(x, out n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> NearestExponent(Vector128<double> x) => DoubleExp<NeonDouble, Vector128<double>>.NearestExponent(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> SlopeOfExp(Vector128<double> t) => DoubleExp<NeonDouble, Vector128<double>>.Slope(t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> PowerOfTwo(Vector128<double> n) => DoubleExponentBits<NeonDouble, Vector128<double>>.PowerOfTwo(n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ScaleDown(Vector128<double> m, Vector128<double> n) => Multiply(m, DoubleExponentBits<NeonDouble, Vector128<double>>.PowerOfTwo(n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> AddScaledDown(Vector128<double> sum, Vector128<double> m, Vector128<double> n) =>
        MultiplyAdd(m, DoubleExponentBits<NeonDouble, Vector128<double>>.PowerOfTwo(n), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ExpNonPositive(Vector128<double> x) =>
        Multiply(DoubleExponentBits<NeonDouble, Vector128<double>>.ExpNonPositive(x, out var power), power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> AddExpNonPositive(Vector128<double> sum, Vector128<double> x) =>
        MultiplyAdd(DoubleExponentBits<NeonDouble, Vector128<double>>.ExpNonPositive(x, out var power), power, sum);
}
