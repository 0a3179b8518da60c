using DailyPapers.Numerics;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace DailyPapers.Lab.Runner.Papers.TwoPassSoftmax;

/// <summary>Distances from the definition of softmax in double precision.</summary>
internal static class Accuracy
{
    private const double SmallestNormal = 1.1754943508222875e-38; // 2^-126

    /// <summary>The three kernels of every instruction set that this processor has.</summary>
    internal static IReadOnlyList<Func<float[], float[]>> Kernels { get; } = [.. AllKernels()];

    private static IEnumerable<SoftmaxInstructionSet> Sets =>
        new[] { SoftmaxInstructionSet.Portable, SoftmaxInstructionSet.Avx2, SoftmaxInstructionSet.Avx512 }.Where(Softmax.IsSupported);

    // #region exp-error
    /// <summary>
    /// The worst error of the kernels' exp, in units of the last place, in each of the 174 unit intervals of [-87, 87]. Every
    /// <paramref name="stride"/>-th float from 2^-12 up is tried (below, exp is 1), from <paramref name="offset"/> on.
    /// </summary>
    internal static double[] ExpUlps(int stride, int offset, CancellationToken cancellationToken)
    {
        var worst = new double[174];
        Span<float> x = stackalloc float[1];
        foreach (var set in Sets)
        {
            for (var bits = BitConverter.SingleToInt32Bits(1f / 4096) + offset % stride; bits <= BitConverter.SingleToInt32Bits(87); bits += stride)
            {
                if ((bits & 0xFFFF) < stride)
                    cancellationToken.ThrowIfCancellationRequested();
                for (var sign = -1; sign <= 1; sign += 2)
                {
                    x[0] = sign * BitConverter.Int32BitsToSingle(bits);
                    var (m, n) = Softmax.SumOfExponentials(x, set); // one element: m 2^n = exp(x)
                    var bin = Math.Clamp((int)Math.Floor(x[0]) + 87, 0, worst.Length - 1);
                    worst[bin] = Math.Max(worst[bin], Ulps((float)Math.ScaleB(m, (int)n), Math.Exp(x[0])));
                }
            }
        }
        return worst;
    }
    // #endregion exp-error

    // #region wide-range
    /// <summary>The largest |sum - 1| of rows in [-10^4, 10^4] over all kernels; NaN when one overflowed.</summary>
    internal static double WideRangeSumError(int rows, Random random)
    {
        var worst = 0d;
        for (var row = 0; row < rows; row++)
        {
            var x = Uniform(1 + random.Next(20_000), 1e4f, random);
            foreach (var kernel in Kernels)
                worst = Math.Max(worst, SumError(kernel(x))); // Math.Max keeps a NaN
        }
        return worst;
    }
    // #endregion wide-range

    /// <summary>The share of rows in [-10^4, 10^4] whose softmax does not sum to 1 within 10^-6.</summary>
    internal static double WideRangeFailures(Func<float[], float[]> softmax, int rows, Random random)
    {
        var failures = 0;
        for (var row = 0; row < rows; row++)
            if (!(SumError(softmax(Uniform(1 + random.Next(20_000), 1e4f, random))) <= 1e-6))
                failures++;
        return (double)failures / rows;
    }

    /// <summary>The worst error of whole rows in [-87, 87], in units of the last place, where the result is a normal number.</summary>
    internal static double SoftmaxUlps(Func<float[], float[]> softmax, int rows, Random random)
    {
        var worst = 0d;
        for (var row = 0; row < rows; row++)
        {
            var x = Uniform(100, 87, random);
            var largest = (double)x.Max();
            double[] expected = [.. x.Select(value => Math.Exp(value - largest))];
            var sum = expected.Order().Sum();
            foreach (var (actual, exact) in softmax(x).Zip(expected.Select(value => value / sum)))
                if (exact >= SmallestNormal)
                    worst = Math.Max(worst, Ulps(actual, exact));
        }
        return worst;
    }

    internal static float[] TwoPass(float[] x) => Apply(x, y => Softmax.TwoPass(x, y));

    internal static float[] ThreePass(float[] x) => Apply(x, y => Softmax.ThreePassRecompute(x, y));

    internal static float[] ByTensorPrimitives(float[] x) => Apply(x, y => TensorPrimitives.SoftMax(x, y));

    internal static float[] ByLibtorch(float[] x)
    {
        using var scope = NewDisposeScope();
        return nn.functional.softmax(tensor(x), 0).data<float>().ToArray();
    }

    private static IEnumerable<Func<float[], float[]>> AllKernels()
    {
        foreach (var set in Sets)
        {
            yield return x => Apply(x, y => Softmax.TwoPass(x, y, set));
            yield return x => Apply(x, y => Softmax.ThreePassRecompute(x, y, set));
            yield return x => Apply(x, y => Softmax.ThreePassReload(x, y, set));
        }
    }

    private static float[] Apply(float[] x, Action<float[]> softmax)
    {
        var y = new float[x.Length];
        softmax(y);
        return y;
    }

    private static float[] Uniform(int count, float bound, Random random)
    {
        var x = new float[count];
        foreach (ref var value in x.AsSpan())
            value = (float)(bound * (2 * random.NextDouble() - 1));
        return x;
    }

    private static double SumError(float[] y) => Math.Abs(y.Sum(value => (double)value) - 1);

    private static double Ulps(float actual, double exact) => Math.Abs(actual - exact) / Math.ScaleB(1, Math.ILogB(exact) - 23);
}
