using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Search.Vectors;

/// <summary>
/// Hamming distances between one code and many. Eight rows' codes are interleaved word by word, so that a register holds
/// the same word of eight rows and the counts add up without any exchange between lanes.
/// </summary>
internal static unsafe class HammingKernel
{
    // A byte counts at most 8 bits a word, so it holds the sum of 31 words.
    private const int WordsPerByteSum = 31;

    /// <param name="path">The instructions to use, supported by this processor.</param>
    /// <param name="codes">Groups of <see cref="VectorShape.RowsPerGroup"/> codes (groups, words, 8).</param>
    /// <param name="query">The code to compare with (words).</param>
    /// <param name="words">Words of a code.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="distances">Receives a distance for each row (groups, 8).</param>
    public static void Distances(KernelPath path, ulong* codes, ulong* query, int words, int groups, ushort* distances)
    {
        switch (path)
        {
            case KernelPath.Avx512 when words == 4:
                Avx512FourWords(codes, query, groups, distances);
                break;
            case KernelPath.Avx512:
                Avx512Any(codes, query, words, groups, distances);
                break;
            case KernelPath.Avx2:
                Avx2Any(codes, query, words, groups, distances);
                break;
            case KernelPath.AdvSimd:
                AdvSimdAny(codes, query, words, groups, distances);
                break;
            default:
                Portable(codes, query, words, groups, distances);
                break;
        }
    }

    private static void Portable(ulong* codes, ulong* query, int words, int groups, ushort* distances)
    {
        for (var group = 0; group < groups; group++, codes += 8 * words, distances += 8)
        {
            for (var lane = 0; lane < 8; lane++)
            {
                var sum = 0;
                for (var word = 0; word < words; word++)
                    sum += BitOperations.PopCount(codes[(8 * word) + lane] ^ query[word]);
                distances[lane] = (ushort)sum;
            }
        }
    }

    // 256 dimensions, the usual case: the query stays in registers.
    private static void Avx512FourWords(ulong* codes, ulong* query, int groups, ushort* distances)
    {
        var (q0, q1, q2, q3) = (Vector512.Create(query[0]), Vector512.Create(query[1]), Vector512.Create(query[2]), Vector512.Create(query[3]));
        for (var group = 0; group < groups; group++, codes += 32, distances += 8)
        {
            var counts = (BitCounts512(Vector512.Load(codes) ^ q0) + BitCounts512(Vector512.Load(codes + 8) ^ q1))
                + (BitCounts512(Vector512.Load(codes + 16) ^ q2) + BitCounts512(Vector512.Load(codes + 24) ^ q3));
            var sums = Avx512BW.SumAbsoluteDifferences(counts, Vector512<byte>.Zero).AsUInt64();
            Avx512F.ConvertToVector128UInt16(sums).Store(distances);
        }
    }

    private static void Avx512Any(ulong* codes, ulong* query, int words, int groups, ushort* distances)
    {
        for (var group = 0; group < groups; group++, codes += 8 * words, distances += 8)
        {
            var sums = Vector512<ulong>.Zero;
            for (var first = 0; first < words; first += WordsPerByteSum)
            {
                var counts = Vector512<byte>.Zero;
                var end = Math.Min(words, first + WordsPerByteSum);
                for (var word = first; word < end; word++)
                    counts += BitCounts512(Vector512.Load(codes + (8 * word)) ^ Vector512.Create(query[word]));
                sums += Avx512BW.SumAbsoluteDifferences(counts, Vector512<byte>.Zero).AsUInt64();
            }
            Avx512F.ConvertToVector128UInt16(sums).Store(distances);
        }
    }

    private static Vector512<byte> BitCounts512(Vector512<ulong> bits)
    {
        var low = Vector512.Create((byte)0x0F);
        var counts = Vector512.Create(Vector256.Create(NibbleCounts, NibbleCounts), Vector256.Create(NibbleCounts, NibbleCounts));
        return Avx512BW.Shuffle(counts, bits.AsByte() & low) + Avx512BW.Shuffle(counts, (bits >> 4).AsByte() & low);
    }

    private static void Avx2Any(ulong* codes, ulong* query, int words, int groups, ushort* distances)
    {
        for (var group = 0; group < groups; group++, codes += 8 * words, distances += 8)
        {
            var (sums0, sums1) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero);
            for (var first = 0; first < words; first += WordsPerByteSum)
            {
                var (counts0, counts1) = (Vector256<byte>.Zero, Vector256<byte>.Zero);
                var end = Math.Min(words, first + WordsPerByteSum);
                for (var word = first; word < end; word++)
                {
                    var q = Vector256.Create(query[word]);
                    counts0 += BitCounts256(Vector256.Load(codes + (8 * word)) ^ q);
                    counts1 += BitCounts256(Vector256.Load(codes + (8 * word) + 4) ^ q);
                }
                sums0 += Avx2.SumAbsoluteDifferences(counts0, Vector256<byte>.Zero).AsUInt64();
                sums1 += Avx2.SumAbsoluteDifferences(counts1, Vector256<byte>.Zero).AsUInt64();
            }
            var narrow = Vector256.Narrow(sums0, sums1);
            Vector128.Narrow(narrow.GetLower(), narrow.GetUpper()).Store(distances);
        }
    }

    private static Vector256<byte> BitCounts256(Vector256<ulong> bits)
    {
        var low = Vector256.Create((byte)0x0F);
        var counts = Vector256.Create(NibbleCounts, NibbleCounts);
        return Avx2.Shuffle(counts, bits.AsByte() & low) + Avx2.Shuffle(counts, (bits >> 4).AsByte() & low);
    }

    private static void AdvSimdAny(ulong* codes, ulong* query, int words, int groups, ushort* distances)
    {
        for (var group = 0; group < groups; group++, codes += 8 * words, distances += 8)
        {
            for (var half = 0; half < 8; half += 4)
            {
                var (sums0, sums1) = (Vector128<ulong>.Zero, Vector128<ulong>.Zero);
                for (var first = 0; first < words; first += WordsPerByteSum)
                {
                    var (counts0, counts1) = (Vector128<byte>.Zero, Vector128<byte>.Zero);
                    var end = Math.Min(words, first + WordsPerByteSum);
                    for (var word = first; word < end; word++)
                    {
                        var q = Vector128.Create(query[word]);
                        counts0 += AdvSimd.PopCount((Vector128.Load(codes + (8 * word) + half) ^ q).AsByte());
                        counts1 += AdvSimd.PopCount((Vector128.Load(codes + (8 * word) + half + 2) ^ q).AsByte());
                    }
                    sums0 += AdvSimd.AddPairwiseWidening(AdvSimd.AddPairwiseWidening(AdvSimd.AddPairwiseWidening(counts0)));
                    sums1 += AdvSimd.AddPairwiseWidening(AdvSimd.AddPairwiseWidening(AdvSimd.AddPairwiseWidening(counts1)));
                }
                var narrow = Vector128.Narrow(sums0, sums1);
                Vector64.Narrow(narrow.GetLower(), narrow.GetUpper()).Store(distances + half);
            }
        }
    }

    private static Vector128<byte> NibbleCounts => Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
}
