using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace DailyPapers.Numerics.Kernels;

/// <summary>NEON of 64-bit ARM, with its fused multiply-add: 4 floats a vector.</summary>
internal readonly unsafe struct NeonSingle : ISimd<float, Vector128<float>>, IExponentBits<Vector128<float>>
{
    public static int Lanes => 4;

    public static float Limit => SingleExp.Limit;

    public static float SmallestSum => SingleExp.SmallestSum;

    public static float LargestSum => SingleExp.LargestSum;

    public static float Lift => SingleExp.Lift;

    public static float SumStart => SingleExp.SumStart;

    public static int LeastLanesOfRow => Lanes;

    public static float Ln2Last => SingleExp.Ln2Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadTail(float* source, int count) => PortableSingle.LoadTail(source, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Vector128<float> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(float* destination, Vector128<float> value) => value.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTail(float* destination, Vector128<float> value, int count) => PortableSingle.StoreTail(destination, value, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float First(Vector128<float> value) => value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => AdvSimd.FusedMultiplyAdd(c, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => AdvSimd.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) => Vector128.MinNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Vector128<float> a, Vector128<float> b) => Vector128.GreaterThanAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Vector128<float> value) => AdvSimd.Arm64.MaxAcross(value).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector128<float> value) => (double)value[0] + value[1] + ((double)value[2] + value[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector128<float> value, Vector128<float> lost, out double rest) => PortableSingle.SumAcross(value, lost, out rest);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exchange(Vector128<float> value, int distance) => PortableSingle.Exchange(value, distance);

    public static Vector128<float> Permute(Vector128<float> value, Vector128<float> lanes) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> OneMinusProduct(Vector128<float> a, Vector128<float> b) => AdvSimd.FusedMultiplySubtract(Broadcast(1), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ReduceExactly(Vector128<float> x, Vector128<float> n) => AdvSimd.FusedMultiplySubtract(x, n, Vector128.Create(SingleExp.Ln2High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ReduceArgument(Vector128<float> x, Vector128<float> n) =>
        AdvSimd.FusedMultiplySubtract(ReduceExactly(x, n), n, Vector128.Create(SingleExp.Ln2Low));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ShiftIntoExponent(Vector128<float> biased) => Vector128.ShiftLeft(biased.AsInt32(), 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Mantissa(Vector128<float> x, out Vector128<float> n) => SingleExp<NeonSingle, Vector128<float>>.Mantissa(x, out n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> NearestExponent(Vector128<float> x) => SingleExp<NeonSingle, Vector128<float>>.NearestExponent(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SlopeOfExp(Vector128<float> t) => SingleExp<NeonSingle, Vector128<float>>.Slope(t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> PowerOfTwo(Vector128<float> n) => SingleExponentBits<NeonSingle, Vector128<float>>.PowerOfTwo(n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ScaleDown(Vector128<float> m, Vector128<float> n) => Multiply(m, SingleExponentBits<NeonSingle, Vector128<float>>.PowerOfTwo(n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddScaledDown(Vector128<float> sum, Vector128<float> m, Vector128<float> n) =>
        MultiplyAdd(m, SingleExponentBits<NeonSingle, Vector128<float>>.PowerOfTwo(n), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ExpNonPositive(Vector128<float> x) =>
        Multiply(SingleExponentBits<NeonSingle, Vector128<float>>.ExpNonPositive(x, out var power), power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddExpNonPositive(Vector128<float> sum, Vector128<float> x) =>
        MultiplyAdd(SingleExponentBits<NeonSingle, Vector128<float>>.ExpNonPositive(x, out var power), power, sum);
}
