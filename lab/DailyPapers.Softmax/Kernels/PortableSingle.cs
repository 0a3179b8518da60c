using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DailyPapers.Numerics.Kernels;

/// <summary>Any hardware: 4 floats a vector through the runtime's portable API.</summary>
internal readonly unsafe struct PortableSingle : ISimd<float, Vector128<float>>, IExponentBits<Vector128<float>>
{
    public static int Lanes => 4;

    public static float Limit => SingleExp.Limit;

    public static float SmallestSum => SingleExp.SmallestSum;

    public static float LargestSum => SingleExp.LargestSum;

    public static float Ln2Last => SingleExp.Ln2Tail;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    public static Vector128<float> LoadTail(float* source, int count)
    {
        var lanes = Vector128.Create(float.NegativeInfinity);
        for (var i = 0; i < count; i++)
            lanes = lanes.WithElement(i, source[i]);
        return lanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Vector128<float> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(float* destination, Vector128<float> value) => value.StoreAlignedNonTemporal(destination);

    public static void StoreTail(float* destination, Vector128<float> value, int count)
    {
        for (var i = 0; i < count; i++)
            destination[i] = value[i];
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
    public static Vector128<float> ExpOfReduced(Vector128<float> t) => SingleExp<PortableSingle, Vector128<float>>.AccuratePolynomial(t);

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
