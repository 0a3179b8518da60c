using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Search.Vectors;

/// <summary>
/// Distances between a query and many codes: the Hamming distance in which a bit counts as much as the query's component is
/// large, so that only the codes are rounded to a bit and not the query too. Against counting bits alone, a third to a sixth
/// of the candidates then hold the same share of the nearest vectors.
/// </summary>
/// <remarks>
/// Four bits' contribution is looked up in a table of sixteen bytes, which fits a register: sixteen to sixty-four rows are
/// looked up by one instruction, so this takes no longer than counting bits does. A group's codes are stored byte by byte,
/// the first byte of each row, the second of each row; see <see cref="PositionOf"/>.
/// </remarks>
internal static unsafe class CodeKernel
{
    /// <summary>The largest entry of a table: eight of them add up within a byte.</summary>
    public const int LargestEntry = 31;

    /// <summary>The entries of a table.</summary>
    public const int TableSize = 16;

    private const int BytesPerSum = 4;

    /// <summary>
    /// Where a row of a group stands among the 64 bytes. Seen as 16-bit numbers, these hold rows 0 to 31 in their low
    /// bytes and rows 32 to 63 in their high bytes, so that sums widened to 16 bits are in order.
    /// </summary>
    public static int PositionOf(int row) => row < 32 ? 2 * row : (2 * (row - 32)) + 1;

    /// <param name="path">The instructions to use, supported by this processor.</param>
    /// <param name="codes">Groups of 64 codes (groups, code bytes, 64).</param>
    /// <param name="tables">For each four bits of a code the distance that each value of them adds (2 · code bytes, 16).</param>
    /// <param name="codeBytes">Bytes of a code.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="distances">Receives a distance for each row (groups, 64).</param>
    public static void Distances(KernelPath path, byte* codes, byte* tables, int codeBytes, int groups, ushort* distances)
    {
        for (var group = 0; group < groups; group++, codes += VectorShape.RowsPerGroup * codeBytes, distances += VectorShape.RowsPerGroup)
        {
            switch (path)
            {
                case KernelPath.Avx512:
                    Avx512(codes, tables, codeBytes, distances);
                    break;
                case KernelPath.Avx2:
                    Avx2Path(codes, tables, codeBytes, distances);
                    Avx2Path(codes + 32, tables, codeBytes, distances + 16);
                    break;
                case KernelPath.AdvSimd:
                    for (var quarter = 0; quarter < 4; quarter++)
                        AdvSimdPath(codes + (16 * quarter), tables, codeBytes, distances + (8 * quarter));
                    break;
                default:
                    Portable(codes, tables, codeBytes, distances);
                    break;
            }
        }
    }

    private static void Portable(byte* codes, byte* tables, int codeBytes, ushort* distances)
    {
        for (var row = 0; row < VectorShape.RowsPerGroup; row++)
        {
            var code = codes + PositionOf(row);
            var table = tables;
            var sum = 0;
            for (var i = 0; i < codeBytes; i++, code += VectorShape.RowsPerGroup, table += 2 * TableSize)
                sum += table[*code & 0x0F] + table[TableSize + (*code >> 4)];
            distances[row] = (ushort)sum;
        }
    }

    private static void Avx512(byte* codes, byte* tables, int codeBytes, ushort* distances)
    {
        var low = Vector512.Create((byte)0x0F);
        var (first, second) = (Vector512<ushort>.Zero, Vector512<ushort>.Zero);
        for (var i = 0; i < codeBytes;)
        {
            var sum = Vector512<byte>.Zero;
            for (var end = Math.Min(codeBytes, i + BytesPerSum); i < end; i++, codes += VectorShape.RowsPerGroup, tables += 2 * TableSize)
            {
                var code = Vector512.Load(codes);
                var lowTable = Avx512F.BroadcastVector128ToVector512((uint*)tables).AsByte();
                var highTable = Avx512F.BroadcastVector128ToVector512((uint*)(tables + TableSize)).AsByte();
                sum += Avx512BW.Shuffle(lowTable, code & low) + Avx512BW.Shuffle(highTable, (code.AsUInt16() >> 4).AsByte() & low);
            }
            first += sum.AsUInt16() & Vector512.Create((ushort)0xFF);
            second += sum.AsUInt16() >> 8;
        }
        first.Store(distances);
        second.Store(distances + 32);
    }

    private static void Avx2Path(byte* codes, byte* tables, int codeBytes, ushort* distances)
    {
        var low = Vector256.Create((byte)0x0F);
        var (first, second) = (Vector256<ushort>.Zero, Vector256<ushort>.Zero);
        for (var i = 0; i < codeBytes;)
        {
            var sum = Vector256<byte>.Zero;
            for (var end = Math.Min(codeBytes, i + BytesPerSum); i < end; i++, codes += VectorShape.RowsPerGroup, tables += 2 * TableSize)
            {
                var code = Vector256.Load(codes);
                var lowTable = Avx2.BroadcastVector128ToVector256(tables);
                var highTable = Avx2.BroadcastVector128ToVector256(tables + TableSize);
                sum += Avx2.Shuffle(lowTable, code & low) + Avx2.Shuffle(highTable, (code.AsUInt16() >> 4).AsByte() & low);
            }
            first += sum.AsUInt16() & Vector256.Create((ushort)0xFF);
            second += sum.AsUInt16() >> 8;
        }
        first.Store(distances);
        second.Store(distances + 32);
    }

    private static void AdvSimdPath(byte* codes, byte* tables, int codeBytes, ushort* distances)
    {
        var low = Vector128.Create((byte)0x0F);
        var (first, second) = (Vector128<ushort>.Zero, Vector128<ushort>.Zero);
        for (var i = 0; i < codeBytes;)
        {
            var sum = Vector128<byte>.Zero;
            for (var end = Math.Min(codeBytes, i + BytesPerSum); i < end; i++, codes += VectorShape.RowsPerGroup, tables += 2 * TableSize)
            {
                var code = Vector128.Load(codes);
                sum += AdvSimd.Arm64.VectorTableLookup(Vector128.Load(tables), code & low)
                    + AdvSimd.Arm64.VectorTableLookup(Vector128.Load(tables + TableSize), code >> 4);
            }
            first += sum.AsUInt16() & Vector128.Create((ushort)0xFF);
            second += sum.AsUInt16() >> 8;
        }
        first.Store(distances);
        second.Store(distances + 32);
    }
}
