using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Search.Vectors;

/// <summary>
/// Dot products of 16-bit queries with 8-bit vectors. Sums of integers do not depend on their order, so every path and
/// every machine gives the same scores and the same ranking.
/// </summary>
internal static unsafe class DotKernel
{
    /// <param name="path">The instructions to use, supported by this processor.</param>
    /// <param name="query">The query; its components' magnitudes times 128 add up to less than 2³¹.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="stride">The length of both, a multiple of 32.</param>
    public static int Dot(KernelPath path, short* query, sbyte* vector, int stride) => path switch
    {
        KernelPath.Avx512 => Avx512(query, vector, stride),
        KernelPath.Avx2 => Avx2Path(query, vector, stride),
        KernelPath.AdvSimd => AdvSimdPath(query, vector, stride),
        _ => Portable(query, vector, stride),
    };

    private static int Portable(short* query, sbyte* vector, int stride)
    {
        var sum = 0;
        for (var i = 0; i < stride; i++)
            sum += query[i] * vector[i];
        return sum;
    }

    private static int Avx512(short* query, sbyte* vector, int stride)
    {
        var sums = Vector512<int>.Zero;
        for (var i = 0; i < stride; i += 32)
        {
            var wide = Avx512BW.ConvertToVector512Int16(Vector256.Load(vector + i));
            sums += Avx512BW.MultiplyAddAdjacent(wide, Vector512.Load(query + i));
        }
        return Vector512.Sum(sums);
    }

    private static int Avx2Path(short* query, sbyte* vector, int stride)
    {
        var (sums0, sums1) = (Vector256<int>.Zero, Vector256<int>.Zero);
        for (var i = 0; i < stride; i += 32)
        {
            sums0 += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(vector + i), Vector256.Load(query + i));
            sums1 += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(vector + i + 16), Vector256.Load(query + i + 16));
        }
        return Vector256.Sum(sums0 + sums1);
    }

    private static int AdvSimdPath(short* query, sbyte* vector, int stride)
    {
        var (sums0, sums1) = (Vector128<int>.Zero, Vector128<int>.Zero);
        for (var i = 0; i < stride; i += 8)
        {
            var wide = AdvSimd.SignExtendWideningLower(Vector64.Load(vector + i));
            var q = Vector128.Load(query + i);
            sums0 = AdvSimd.MultiplyWideningLowerAndAdd(sums0, wide.GetLower(), q.GetLower());
            sums1 = AdvSimd.MultiplyWideningUpperAndAdd(sums1, wide, q);
        }
        return Vector128.Sum(sums0 + sums1);
    }
}
