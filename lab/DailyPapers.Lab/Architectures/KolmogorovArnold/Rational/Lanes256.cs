using System.Numerics;
using System.Runtime.Intrinsics;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary>256 bits.</summary>
internal readonly unsafe struct Lanes256<T>(Vector256<T> values) : ILanes<Lanes256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector256<T> _values = values;

    public static int Count => Vector256<T>.Count;

    public static Lanes256<T> Load(T* from) => new(Vector256.Load(from));

    public static Lanes256<T> All(T value) => new(Vector256.Create(value));

    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.FusedMultiplyAdd(a._values.AsSingle(), b._values.AsSingle(), c._values.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(a._values.AsDouble(), b._values.AsDouble(), c._values.AsDouble()).As<double, T>());

    public static Lanes256<T> Sign(Lanes256<T> value) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(value._values, Vector256<T>.Zero), Vector256<T>.One, -Vector256<T>.One));

    public static Lanes256<T> operator +(Lanes256<T> left, Lanes256<T> right) => new(left._values + right._values);

    public static Lanes256<T> operator *(Lanes256<T> left, Lanes256<T> right) => new(left._values * right._values);

    public static Lanes256<T> operator /(Lanes256<T> left, Lanes256<T> right) => new(left._values / right._values);

    public static Lanes256<T> operator -(Lanes256<T> value) => new(-value._values);

    public void Store(T* to) => Vector256.Store(_values, to);
}
