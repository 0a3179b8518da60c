using System.Numerics;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary>As many numbers as one register of the processor holds, so that a kernel is written once for all widths.</summary>
internal unsafe interface ILanes<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(T* from);

    static abstract TSelf All(T value);

    /// <summary>a b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>1 where the value is 0 or more, else −1.</summary>
    static abstract TSelf Sign(TSelf value);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf value);

    void Store(T* to);
}
