using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Numerics.Kernels;

/// <summary>AVX-512F: 16 floats a vector.</summary>
internal readonly unsafe struct Avx512Single : ISimd<float, Vector512<float>>
{
    public static int Lanes => 16;

    public static float Limit => SingleExp.Limit;

    public static float SmallestSum => SingleExp.SmallestSum;

    public static float LargestSum => SingleExp.LargestSum;

    public static float Lift => SingleExp.Lift;

    public static float SumStart => SingleExp.SumStart;

    public static int LeastLanesOfRow => 4;

    public static float Ln2Last => SingleExp.Ln2Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadTail(float* source, int count) => Avx512F.MaskLoad(source, TailMask(count), Vector512.Create(float.NegativeInfinity));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Vector512<float> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(float* destination, Vector512<float> value) => value.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTail(float* destination, Vector512<float> value, int count) => Avx512F.MaskStore(destination, TailMask(count), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float First(Vector512<float> value) => value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Avx512F.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Avx512F.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Vector512.MinNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Vector512<float> a, Vector512<float> b) => Vector512.GreaterThanAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Vector512<float> value)
    {
        var half = Avx.Max(value.GetLower(), value.GetUpper());
        return Avx2Single.MaxAcross(half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector512<float> value)
    {
        var (lower, upper) = Vector512.Widen(value);
        return Vector512.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumAcross(Vector512<float> value, Vector512<float> lost, out double rest)
    {
        var (lower, upper) = Vector512.Widen(value);
        var (lostLower, lostUpper) = Vector512.Widen(lost);
        rest = 0;
        return Avx512Double.SumByHalves(lower + lostLower + (upper + lostUpper));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exchange(Vector512<float> value, int distance) => distance switch
    {
        1 => Vector512.Shuffle(value, Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)),
        2 => Vector512.Shuffle(value, Vector512.Create(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13)),
        4 => Vector512.Shuffle(value, Vector512.Create(4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11)),
        _ => Vector512.Shuffle(value, Vector512.Create(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Permute(Vector512<float> value, Vector512<float> lanes) => Avx512F.PermuteVar16x32(value, lanes.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> OneMinusProduct(Vector512<float> a, Vector512<float> b) => Avx512F.FusedMultiplyAddNegated(a, b, Broadcast(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ReduceExactly(Vector512<float> x, Vector512<float> n) => Avx512F.FusedMultiplyAddNegated(n, Vector512.Create(SingleExp.Ln2High), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ReduceArgument(Vector512<float> x, Vector512<float> n) =>
        Avx512F.FusedMultiplyAddNegated(n, Vector512.Create(SingleExp.Ln2Low), ReduceExactly(x, n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Mantissa(Vector512<float> x, out Vector512<float> n) => SingleExp<Avx512Single, Vector512<float>>.Mantissa(x, out n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> NearestExponent(Vector512<float> x) => SingleExp<Avx512Single, Vector512<float>>.NearestExponent(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SlopeOfExp(Vector512<float> t) => SingleExp<Avx512Single, Vector512<float>>.Slope(t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> PowerOfTwo(Vector512<float> n) => Avx512F.Scale(Broadcast(1), n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ScaleDown(Vector512<float> m, Vector512<float> n) => Avx512F.Scale(m, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddScaledDown(Vector512<float> sum, Vector512<float> m, Vector512<float> n) => Add(sum, Avx512F.Scale(m, n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpNonPositive(Vector512<float> x) => Avx512F.Scale(Mantissa(x, out var n), n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddExpNonPositive(Vector512<float> sum, Vector512<float> x) => Add(sum, ExpNonPositive(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> TailMask(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}
