using System.Numerics;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary>A single number: what is left over at the end of a row, and processors without wide registers.</summary>
internal readonly unsafe struct ScalarLane<T>(T value) : ILanes<ScalarLane<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _value = value;

    public static int Count => 1;

    public static ScalarLane<T> Load(T* from) => new(*from);

    public static ScalarLane<T> All(T value) => new(value);

    public static ScalarLane<T> MultiplyAdd(ScalarLane<T> a, ScalarLane<T> b, ScalarLane<T> c) => new(T.FusedMultiplyAdd(a._value, b._value, c._value));

    public static ScalarLane<T> Sign(ScalarLane<T> value) => new(value._value >= T.Zero ? T.One : T.NegativeOne);

    public static ScalarLane<T> operator +(ScalarLane<T> left, ScalarLane<T> right) => new(left._value + right._value);

    public static ScalarLane<T> operator *(ScalarLane<T> left, ScalarLane<T> right) => new(left._value * right._value);

    public static ScalarLane<T> operator /(ScalarLane<T> left, ScalarLane<T> right) => new(left._value / right._value);

    public static ScalarLane<T> operator -(ScalarLane<T> value) => new(-value._value);

    public void Store(T* to) => *to = _value;
}
