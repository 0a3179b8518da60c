using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Numerics.Kernels;

/// <summary>Any hardware: 4 floats a vector through the runtime's portable API.</summary>
internal readonly unsafe struct PortableSingle : ISimd<float, Vector128<float>>, IExponentBits<Vector128<float>>
{
    public static int Lanes => 4;

    public static float Limit => SingleExp.Limit;

    public static float SmallestSum => SingleExp.SmallestSum;

    public static float LargestSum => SingleExp.LargestSum;

    public static float Lift => SingleExp.Lift;

    public static float SumStart => SingleExp.SumStart;

    public static int LeastLanesOfRow => Lanes;

    public static float Ln2Last => SingleExp.Ln2Tail;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadTail(float* source, int count)
    {
        const float none = float.NegativeInfinity;
        return count switch
        {
            0 => Vector128.Create(none),
            1 => Vector128.Create(source[0], none, none, none),
            2 => Vector128.Create(source[0], source[1], none, none),
            _ => Vector128.Create(source[0], source[1], source[2], none),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Vector128<float> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(float* destination, Vector128<float> value) => value.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTail(float* destination, Vector128<float> value, int count)
    {
        if (count > 0)
            destination[0] = value[0];
        if (count > 1)
            destination[1] = value[1];
        if (count > 2)
            destination[2] = value[2];
    }

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
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.MaxNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) => Vector128.MinNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Vector128<float> a, Vector128<float> b) => Vector128.GreaterThanAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Vector128<float> value)
    {
        value = Vector128.MaxNative(value, Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(value, Vector128.Shuffle(value, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector128<float> value) => (double)value[0] + value[1] + ((double)value[2] + value[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector128<float> value, Vector128<float> lost, out double rest)
    {
        rest = 0;
        // The same additions in fewer instructions.
        if (Avx.IsSupported)
            return Avx2Double.SumByHalves(Avx.ConvertToVector256Double(value) + Avx.ConvertToVector256Double(lost));
        var (lower, upper) = Vector128.Widen(value);
        var (lostLower, lostUpper) = Vector128.Widen(lost);
        var sum = lower + lostLower + (upper + lostUpper);
        return sum[0] + sum[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exchange(Vector128<float> value, int distance) => distance switch
    {
        1 => Vector128.Shuffle(value, Vector128.Create(1, 0, 3, 2)),
        _ => Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1)),
    };

    public static Vector128<float> Permute(Vector128<float> value, Vector128<float> lanes) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> OneMinusProduct(Vector128<float> a, Vector128<float> b)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
            return MultiplyAdd(-a, b, Broadcast(1));
        var (lowerA, upperA) = Vector128.Widen(a);
        var (lowerB, upperB) = Vector128.Widen(b);
        return Vector128.Narrow(Vector128<double>.One - lowerA * lowerB, Vector128<double>.One - upperA * upperB);
    }

    /// <remarks>Three parts, whose first two products are exact, since this code may run without FMA.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ReduceExactly(Vector128<float> x, Vector128<float> n) => MultiplyAdd(
        n, Vector128.Create(-SingleExp.Ln2Middle), MultiplyAdd(n, Vector128.Create(-SingleExp.Ln2Head), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ReduceArgument(Vector128<float> x, Vector128<float> n) =>
        MultiplyAdd(n, Vector128.Create(-SingleExp.Ln2Tail), ReduceExactly(x, n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ShiftIntoExponent(Vector128<float> biased) => Vector128.ShiftLeft(biased.AsInt32(), 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Mantissa(Vector128<float> x, out Vector128<float> n) => SingleExp<PortableSingle, Vector128<float>>.Mantissa(x, out n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> NearestExponent(Vector128<float> x) => SingleExp<PortableSingle, Vector128<float>>.NearestExponent(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SlopeOfExp(Vector128<float> t) => SingleExp<PortableSingle, Vector128<float>>.Slope(t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> PowerOfTwo(Vector128<float> n) => SingleExponentBits<PortableSingle, Vector128<float>>.PowerOfTwo(n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ScaleDown(Vector128<float> m, Vector128<float> n) => Multiply(m, SingleExponentBits<PortableSingle, Vector128<float>>.PowerOfTwo(n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddScaledDown(Vector128<float> sum, Vector128<float> m, Vector128<float> n) =>
        MultiplyAdd(m, SingleExponentBits<PortableSingle, Vector128<float>>.PowerOfTwo(n), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ExpNonPositive(Vector128<float> x) =>
        Multiply(SingleExponentBits<PortableSingle, Vector128<float>>.ExpNonPositive(x, out var power), power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddExpNonPositive(Vector128<float> sum, Vector128<float> x) =>
        MultiplyAdd(SingleExponentBits<PortableSingle, Vector128<float>>.ExpNonPositive(x, out var power), power, sum);
}
