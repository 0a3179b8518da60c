using System.Numerics;
using System.Runtime.Intrinsics;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary>512 bits.</summary>
internal readonly unsafe struct Lanes512<T>(Vector512<T> values) : ILanes<Lanes512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _values = values;

    public static int Count => Vector512<T>.Count;

    public static Lanes512<T> Load(T* from) => new(Vector512.Load(from));

    public static Lanes512<T> All(T value) => new(Vector512.Create(value));

    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.FusedMultiplyAdd(a._values.AsSingle(), b._values.AsSingle(), c._values.AsSingle()).As<float, T>())
        : new(Vector512.FusedMultiplyAdd(a._values.AsDouble(), b._values.AsDouble(), c._values.AsDouble()).As<double, T>());

    public static Lanes512<T> Sign(Lanes512<T> value) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(value._values, Vector512<T>.Zero), Vector512<T>.One, -Vector512<T>.One));

    public static Lanes512<T> operator +(Lanes512<T> left, Lanes512<T> right) => new(left._values + right._values);

    public static Lanes512<T> operator *(Lanes512<T> left, Lanes512<T> right) => new(left._values * right._values);

    public static Lanes512<T> operator /(Lanes512<T> left, Lanes512<T> right) => new(left._values / right._values);

    public static Lanes512<T> operator -(Lanes512<T> value) => new(-value._values);

    public void Store(T* to) => Vector512.Store(_values, to);
}
