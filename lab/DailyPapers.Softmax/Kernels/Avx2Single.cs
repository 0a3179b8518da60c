using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Numerics.Kernels;

/// <summary>AVX2 and FMA: 8 floats a vector.</summary>
internal readonly unsafe struct Avx2Single : ISimd<float, Vector256<float>>, IExponentBits<Vector256<float>>
{
    public static int Lanes => 8;

    public static float Limit => SingleExp.Limit;

    public static float SmallestSum => SingleExp.SmallestSum;

    public static float LargestSum => SingleExp.LargestSum;

    public static float Lift => SingleExp.Lift;

    public static float SumStart => SingleExp.SumStart;

    public static int LeastLanesOfRow => 4;

    public static float Ln2Last => SingleExp.Ln2Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadTail(float* source, int count) => Vector256.ConditionalSelect(
        TailMask(count), Avx.MaskLoad(source, TailMask(count)), Vector256.Create(float.NegativeInfinity));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Vector256<float> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(float* destination, Vector256<float> value) => value.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTail(float* destination, Vector256<float> value, int count) => Avx.MaskStore(destination, TailMask(count), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float First(Vector256<float> value) => value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Fma.MultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Avx.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => Vector256.MinNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Vector256<float> a, Vector256<float> b) => Vector256.GreaterThanAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Vector256<float> value) => PortableSingle.MaxAcross(Vector128.MaxNative(value.GetLower(), value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector256<float> value)
    {
        var (lower, upper) = Vector256.Widen(value);
        return Vector256.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector256<float> value, Vector256<float> lost, out double rest)
    {
        rest = 0;
        // The same additions in fewer instructions.
        if (Avx512F.IsSupported)
            return Avx512Double.SumByHalves(Avx512F.ConvertToVector512Double(value) + Avx512F.ConvertToVector512Double(lost));
        var (lower, upper) = Vector256.Widen(value);
        var (lostLower, lostUpper) = Vector256.Widen(lost);
        return Avx2Double.SumByHalves(lower + lostLower + (upper + lostUpper));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exchange(Vector256<float> value, int distance) => distance switch
    {
        1 => Vector256.Shuffle(value, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6)),
        2 => Vector256.Shuffle(value, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5)),
        _ => Vector256.Shuffle(value, Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Permute(Vector256<float> value, Vector256<float> lanes) => Avx2.PermuteVar8x32(value, lanes.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> OneMinusProduct(Vector256<float> a, Vector256<float> b) => Fma.MultiplyAddNegated(a, b, Broadcast(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ReduceExactly(Vector256<float> x, Vector256<float> n) => Fma.MultiplyAddNegated(n, Vector256.Create(SingleExp.Ln2High), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ReduceArgument(Vector256<float> x, Vector256<float> n) =>
        Fma.MultiplyAddNegated(n, Vector256.Create(SingleExp.Ln2Low), ReduceExactly(x, n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ShiftIntoExponent(Vector256<float> biased) => Avx2.ShiftLeftLogical(biased.AsInt32(), 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Mantissa(Vector256<float> x, out Vector256<float> n) => SingleExp<Avx2Single, Vector256<float>>.Mantissa(x, out n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> NearestExponent(Vector256<float> x) => SingleExp<Avx2Single, Vector256<float>>.NearestExponent(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SlopeOfExp(Vector256<float> t) => SingleExp<Avx2Single, Vector256<float>>.Slope(t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> PowerOfTwo(Vector256<float> n) => SingleExponentBits<Avx2Single, Vector256<float>>.PowerOfTwo(n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ScaleDown(Vector256<float> m, Vector256<float> n) => Multiply(m, SingleExponentBits<Avx2Single, Vector256<float>>.PowerOfTwo(n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AddScaledDown(Vector256<float> sum, Vector256<float> m, Vector256<float> n) =>
        MultiplyAdd(m, SingleExponentBits<Avx2Single, Vector256<float>>.PowerOfTwo(n), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ExpNonPositive(Vector256<float> x) =>
        Multiply(SingleExponentBits<Avx2Single, Vector256<float>>.ExpNonPositive(x, out var power), power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AddExpNonPositive(Vector256<float> sum, Vector256<float> x) =>
        MultiplyAdd(SingleExponentBits<Avx2Single, Vector256<float>>.ExpNonPositive(x, out var power), power, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> TailMask(int count) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();
}
