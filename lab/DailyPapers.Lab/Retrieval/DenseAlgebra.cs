using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DailyPapers.Lab.Retrieval;

/// <summary>Products of row-major matrices of floats. Each result depends on its inputs alone, not on the number of threads.</summary>
internal static unsafe class DenseAlgebra
{
    private const int RowBlock = 4;
    private const int ColumnBlock = 64;

    /// <summary>C = A B for A (m, k), B (k, n) and n a multiple of 64; rows of C are computed in parallel.</summary>
    public static void Multiply(float[] a, float[] b, float[] c, int m, int k, int n, ParallelOptions parallel)
    {
        if (n % ColumnBlock != 0)
            throw new ArgumentException($"B has {n} columns; their number must be a multiple of {ColumnBlock}.", nameof(n));
        const int rowsAtOnce = 64;
        Parallel.For(0, (m + rowsAtOnce - 1) / rowsAtOnce, parallel, part =>
        {
            var first = part * rowsAtOnce;
            var last = Math.Min(m, first + rowsAtOnce);
            fixed (float* pa = a, pb = b, pc = c)
            {
                for (var column = 0; column < n; column += ColumnBlock)
                {
                    var row = first;
                    for (; row + RowBlock <= last; row += RowBlock)
                        Block4(pa + ((long)row * k), pb + column, pc + ((long)row * n) + column, k, n);
                    for (; row < last; row++)
                        Block1(pa + ((long)row * k), pb + column, pc + ((long)row * n) + column, k, n);
                }
            }
        });
    }

    /// <summary>B = Aᵀ for A (m, n).</summary>
    public static void Transpose(float[] a, float[] b, int m, int n)
    {
        const int tile = 32;
        for (var i0 = 0; i0 < m; i0 += tile)
        {
            for (var j0 = 0; j0 < n; j0 += tile)
            {
                for (var i = i0; i < Math.Min(m, i0 + tile); i++)
                {
                    for (var j = j0; j < Math.Min(n, j0 + tile); j++)
                        b[((long)j * m) + i] = a[((long)i * n) + j];
                }
            }
        }
    }

    /// <summary>y += factor x.</summary>
    public static void AddScaled(ReadOnlySpan<float> x, float factor, Span<float> y) => TensorPrimitives.MultiplyAdd(x, factor, y, y);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block4(float* a, float* b, float* c, int k, int n)
    {
        Vector512<float> c00 = default, c01 = default, c02 = default, c03 = default, c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<float> c20 = default, c21 = default, c22 = default, c23 = default, c30 = default, c31 = default, c32 = default, c33 = default;
        for (var i = 0; i < k; i++, b += n)
        {
            var (b0, b1, b2, b3) = (Vector512.Load(b), Vector512.Load(b + 16), Vector512.Load(b + 32), Vector512.Load(b + 48));
            var a0 = Vector512.Create(a[i]);
            c00 = Vector512.FusedMultiplyAdd(a0, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(a0, b1, c01);
            c02 = Vector512.FusedMultiplyAdd(a0, b2, c02);
            c03 = Vector512.FusedMultiplyAdd(a0, b3, c03);
            var a1 = Vector512.Create(a[i + k]);
            c10 = Vector512.FusedMultiplyAdd(a1, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(a1, b1, c11);
            c12 = Vector512.FusedMultiplyAdd(a1, b2, c12);
            c13 = Vector512.FusedMultiplyAdd(a1, b3, c13);
            var a2 = Vector512.Create(a[i + (2 * k)]);
            c20 = Vector512.FusedMultiplyAdd(a2, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(a2, b1, c21);
            c22 = Vector512.FusedMultiplyAdd(a2, b2, c22);
            c23 = Vector512.FusedMultiplyAdd(a2, b3, c23);
            var a3 = Vector512.Create(a[i + (3 * k)]);
            c30 = Vector512.FusedMultiplyAdd(a3, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(a3, b1, c31);
            c32 = Vector512.FusedMultiplyAdd(a3, b2, c32);
            c33 = Vector512.FusedMultiplyAdd(a3, b3, c33);
        }
        Store(c, c00, c01, c02, c03);
        Store(c + n, c10, c11, c12, c13);
        Store(c + (2 * n), c20, c21, c22, c23);
        Store(c + (3 * n), c30, c31, c32, c33);
    }

    private static void Block1(float* a, float* b, float* c, int k, int n)
    {
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        for (var i = 0; i < k; i++, b += n)
        {
            var factor = Vector512.Create(a[i]);
            c0 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(b), c0);
            c1 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(b + 16), c1);
            c2 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(b + 32), c2);
            c3 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(b + 48), c3);
        }
        Store(c, c0, c1, c2, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> c0, Vector512<float> c1, Vector512<float> c2, Vector512<float> c3)
    {
        c0.Store(c);
        c1.Store(c + 16);
        c2.Store(c + 32);
        c3.Store(c + 48);
    }
}
