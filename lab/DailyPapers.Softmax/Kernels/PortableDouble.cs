using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Numerics.Kernels;

/// <summary>Any hardware: 2 doubles a vector through the runtime's portable API.</summary>
internal readonly unsafe struct PortableDouble : ISimd<double, Vector128<double>>, IExponentBits<Vector128<double>>
{
    public static int Lanes => 2;

    public static double Limit => DoubleExp.Limit;

    public static double SmallestSum => DoubleExp.SmallestSum;

    public static double LargestSum => DoubleExp.LargestSum;

    public static double Lift => DoubleExp.Lift;

    public static double SumStart => DoubleExp.SumStart;

    public static int LeastLanesOfRow => Lanes;

    public static double Ln2Last => DoubleExp.Ln2Tail;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Load(double* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadTail(double* source, int count) =>
        Vector128.Create(count > 0 ? *source : double.NegativeInfinity, double.NegativeInfinity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* destination, Vector128<double> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(double* destination, Vector128<double> value) => value.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTail(double* destination, Vector128<double> value, int count)
    {
        if (count > 0)
            *destination = value[0];
    }

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
    public static Vector128<double> MultiplyAdd(Vector128<double> a, Vector128<double> b, Vector128<double> c) => Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Max(Vector128<double> a, Vector128<double> b) => Vector128.MaxNative(a, b);

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
    public static double SumAcross(Vector128<double> value, Vector128<double> lost, out double rest)
    {
        var sum = RowSum.TwoSum(value[0], value[1], out var lostNow);
        rest = lostNow + (lost[0] + lost[1]);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Exchange(Vector128<double> value, int distance) => Vector128.Shuffle(value, Vector128.Create(1L, 0));

    public static Vector128<double> Permute(Vector128<double> value, Vector128<double> lanes) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> OneMinusProduct(Vector128<double> a, Vector128<double> b)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
            return MultiplyAdd(-a, b, Broadcast(1));
        // Dekker's product: halves of 26 bits, whose products are exact.
        var splitter = Broadcast(134217729);
        Vector128<double> highA = splitter * a - (splitter * a - a), highB = splitter * b - (splitter * b - b);
        Vector128<double> lowA = a - highA, lowB = b - highB;
        return Broadcast(1) - highA * highB - (highA * lowB + lowA * highB) - lowA * lowB;
    }

    /// <remarks>Three parts, whose first two products are exact, since this code may run without FMA.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ReduceExactly(Vector128<double> x, Vector128<double> n) => MultiplyAdd(
        n, Vector128.Create(-DoubleExp.Ln2Middle), MultiplyAdd(n, Vector128.Create(-DoubleExp.Ln2Head), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ReduceArgument(Vector128<double> x, Vector128<double> n) =>
        MultiplyAdd(n, Vector128.Create(-DoubleExp.Ln2Tail), ReduceExactly(x, n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ShiftIntoExponent(Vector128<double> biased) => Vector128.ShiftLeft(biased.AsInt64(), 52).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Mantissa(Vector128<double> x, out Vector128<double> n) => DoubleExp<PortableDouble, Vector128<double>>.Mantissa(x, out n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> NearestExponent(Vector128<double> x) => DoubleExp<PortableDouble, Vector128<double>>.NearestExponent(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> SlopeOfExp(Vector128<double> t) => DoubleExp<PortableDouble, Vector128<double>>.Slope(t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> PowerOfTwo(Vector128<double> n) => DoubleExponentBits<PortableDouble, Vector128<double>>.PowerOfTwo(n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ScaleDown(Vector128<double> m, Vector128<double> n) => Multiply(m, DoubleExponentBits<PortableDouble, Vector128<double>>.PowerOfTwo(n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> AddScaledDown(Vector128<double> sum, Vector128<double> m, Vector128<double> n) =>
        MultiplyAdd(m, DoubleExponentBits<PortableDouble, Vector128<double>>.PowerOfTwo(n), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ExpNonPositive(Vector128<double> x) =>
        Multiply(DoubleExponentBits<PortableDouble, Vector128<double>>.ExpNonPositive(x, out var power), power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> AddExpNonPositive(Vector128<double> sum, Vector128<double> x) =>
        MultiplyAdd(DoubleExponentBits<PortableDouble, Vector128<double>>.ExpNonPositive(x, out var power), power, sum);
}
