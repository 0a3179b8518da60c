namespace DailyPapers.Numerics.Kernels;

/// <summary>
/// What a softmax kernel needs of an instruction set. The passes are written once against this interface and specialised
/// by the JIT for each implementation, so every variant has the same polynomial, the same unrolling and the same tails.
/// </summary>
/// <typeparam name="T">Element: float or double.</typeparam>
/// <typeparam name="V">A vector of <see cref="Lanes"/> elements.</typeparam>
internal unsafe interface ISimd<T, V>
    where T : unmanaged
    where V : struct
{
    static abstract int Lanes { get; }

    /// <summary>n and t can be separated in one step for |x| up to here.</summary>
    static abstract T Limit { get; }

    /// <summary>The smallest n of a sum beside which every input below −Limit has vanished.</summary>
    static abstract T SmallestSum { get; }

    /// <summary>The largest n that an input within ±Limit can have; its negative is the smallest.</summary>
    static abstract T LargestSum { get; }

    /// <summary>Exponentials of a short row are kept 2^Lift times as large (<see cref="SingleExp.Lift"/>).</summary>
    static abstract T Lift { get; }

    /// <summary>32 · 2^Lift: a sum that starts there is larger than any term, and takes terms in whole units of its last place.</summary>
    static abstract T SumStart { get; }

    /// <summary>The fewest lanes that a row may be given where a vector holds several: a power of two; Lanes where <see cref="Permute"/> is not supported.</summary>
    static abstract int LeastLanesOfRow { get; }

    static abstract V Load(T* source);

    /// <summary>Loads the first <paramref name="count"/> &lt; Lanes elements; the other lanes are −∞, whose exponential is 0.</summary>
    static abstract V LoadTail(T* source, int count);

    static abstract void Store(T* destination, V value);

    /// <summary>Stores past the caches, to an address aligned to the vector's size.</summary>
    static abstract void StoreNonTemporal(T* destination, V value);

    /// <summary>Stores the first <paramref name="count"/> &lt; Lanes elements and touches nothing beyond them.</summary>
    static abstract void StoreTail(T* destination, V value, int count);

    static abstract V Broadcast(T value);

    static abstract T First(V value);

    static abstract V Add(V a, V b);

    static abstract V Subtract(V a, V b);

    static abstract V Multiply(V a, V b);

    static abstract V Divide(V a, V b);

    /// <summary>a · b + c, fused where the hardware fuses.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>The larger of two; with a NaN in <paramref name="b"/> the result is NaN, with a NaN only in <paramref name="a"/> it is unspecified.</summary>
    static abstract V Max(V a, V b);

    /// <summary>The smaller of two; with a NaN in <paramref name="b"/> the result is NaN, with a NaN only in <paramref name="a"/> it is unspecified.</summary>
    static abstract V Min(V a, V b);

    /// <summary>Whether any lane of <paramref name="a"/> is greater than its counterpart; a NaN is not.</summary>
    static abstract bool AnyGreater(V a, V b);

    static abstract T MaxAcross(V value);

    /// <summary>Lane i of the result is lane i ^ <paramref name="distance"/> of the value; the distance is a power of two below Lanes, and a constant.</summary>
    static abstract V Exchange(V value, int distance);

    /// <summary>Lane i of the result is the lane of the value whose number the bits of lane i of <paramref name="lanes"/> are.</summary>
    static abstract V Permute(V value, V lanes);

    /// <summary>1 − a · b for a product near 1, as if the product were not rounded.</summary>
    static abstract V OneMinusProduct(V a, V b);

    /// <summary>The sum of all lanes, added up in double precision.</summary>
    static abstract double SumAcross(V value);

    /// <summary>The sum of all lanes of both, the second being what additions lost of the first; <paramref name="rest"/> is what one double cannot hold of it.</summary>
    static abstract double SumAcross(V value, V lost, out double rest);

    /// <summary>t = x − n ln 2 by Cody and Waite: ln 2 is split so that the products cancel without loss.</summary>
    static abstract V ReduceArgument(V x, V n);

    /// <summary>The first step of <see cref="ReduceArgument"/>, which loses nothing: x − n (ln 2 − <see cref="Ln2Last"/>).</summary>
    static abstract V ReduceExactly(V x, V n);

    /// <summary>What <see cref="ReduceExactly"/> leaves of ln 2.</summary>
    static abstract T Ln2Last { get; }

    /// <summary>exp(x) = m · 2^n with m in [√½, √2]; x below −<see cref="SingleExp.Limit"/> counts as that limit, beyond +limit m is meaningless.</summary>
    static abstract V Mantissa(V x, out V n);

    /// <summary>n = round(x / ln 2).</summary>
    static abstract V NearestExponent(V x);

    /// <summary>
    /// (exp(t) − 1) / t for |t| ≤ ln 2 / 2, so that 1 + t · slope is exp(t), more accurately than by the paper's polynomial: within
    /// 1.25 · 2^−24 (2^−53 in double precision) of it, relatively.
    /// </summary>
    static abstract V SlopeOfExp(V t);

    /// <summary>2^n for integers n up to 127 (1023 in double precision); 0 where it is too small for a normal number (without VSCALEF) or for any number (with it).</summary>
    static abstract V PowerOfTwo(V n);

    /// <summary>m · 2^n for integers n ≤ 0; 0 where 2^n is too small for a normal number (without VSCALEF) or for any number (with it).</summary>
    static abstract V ScaleDown(V m, V n);

    /// <summary>sum + m · 2^n, n ≤ 0.</summary>
    static abstract V AddScaledDown(V sum, V m, V n);

    /// <summary>exp(x) for x ≤ 0.</summary>
    static abstract V ExpNonPositive(V x);

    /// <summary>sum + exp(x) for x ≤ 0.</summary>
    static abstract V AddExpNonPositive(V sum, V x);
}

/// <summary>An instruction set without VSCALEF, where 2^n is assembled in the exponent bits.</summary>
internal interface IExponentBits<V>
    where V : struct
{
    /// <summary>Moves the low integer bits of a biased magic number (see <see cref="SingleExp.BiasedMagic"/>) into the exponent field.</summary>
    static abstract V ShiftIntoExponent(V biased);
}
