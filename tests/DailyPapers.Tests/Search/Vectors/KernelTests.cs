using CsCheck;
using DailyPapers.Search.Vectors;

namespace DailyPapers.Tests.Search.Vectors;

public unsafe class KernelTests
{
    // Those of this processor; the others are compared where there is one that has them.
    private static IEnumerable<KernelPath> Paths => Enum.GetValues<KernelPath>().Where(path => path.IsSupported());

    [Fact]
    public void Every_path_adds_up_the_entries_that_the_bits_of_a_code_name() => Gen.Select(Gen.Int[8, 40], Gen.Int[1, 3], Gen.Int[0, 1_000_000]).Sample(
        (codeBytes, groups, seed) =>
        {
            var random = new Random(seed);
            var codes = new byte[groups * codeBytes * 64];
            random.NextBytes(codes);
            var tables = new byte[2 * codeBytes * CodeKernel.TableSize];
            for (var i = 0; i < tables.Length; i++)
                tables[i] = (byte)(seed % 3 == 0 ? CodeKernel.LargestEntry : random.Next(CodeKernel.LargestEntry + 1));

            var expected = new ushort[groups * 64];
            for (var row = 0; row < expected.Length; row++)
            {
                for (var i = 0; i < codeBytes; i++)
                {
                    var code = codes[(row / 64 * codeBytes * 64) + (i * 64) + CodeKernel.PositionOf(row % 64)];
                    expected[row] += (ushort)(tables[2 * i * CodeKernel.TableSize + (code & 15)] + tables[(((2 * i) + 1) * CodeKernel.TableSize) + (code >> 4)]);
                }
            }
            foreach (var path in Paths)
            {
                var distances = new ushort[expected.Length];
                fixed (byte* c = codes, t = tables)
                fixed (ushort* d = distances)
                    CodeKernel.Distances(path, c, t, codeBytes, groups, d);
                Assert.Equal(expected, distances);
            }
        });

    [Fact]
    public void The_places_of_a_groups_rows_are_all_its_bytes() =>
        Assert.Equal(Enumerable.Range(0, 64), Enumerable.Range(0, 64).Select(CodeKernel.PositionOf).Order());

    [Fact]
    public void Every_path_gives_the_same_dot_product() => Gen.Select(Gen.Int[2, 40], Gen.Int[0, 1_000_000]).Sample(
        (steps, seed) =>
        {
            var random = new Random(seed);
            var query = new short[32 * steps];
            var vector = new sbyte[32 * steps];
            var largest = Math.Min(short.MaxValue, int.MaxValue / 128 / query.Length);
            var expected = 0;
            for (var i = 0; i < query.Length; i++)
            {
                query[i] = (short)(seed % 4 == 0 ? -largest : random.Next(-largest, largest + 1));
                vector[i] = (sbyte)(seed % 4 == 0 ? -128 : random.Next(-128, 128));
                expected += query[i] * vector[i];
            }
            foreach (var path in Paths)
            {
                fixed (short* q = query)
                fixed (sbyte* v = vector)
                    Assert.Equal(expected, DotKernel.Dot(path, q, v, query.Length));
            }
        });

    [Theory]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(1_000)]
    public void A_code_is_as_far_as_the_components_on_the_other_side_of_the_centre(int dimensions)
    {
        var random = new Random(dimensions);
        var center = VectorFolder.Vector(random, dimensions);
        var encoding = new VectorEncoding(new VectorShape(dimensions), center);
        var query = VectorFolder.Vector(random, dimensions);
        var tables = new byte[dimensions / 4 * CodeKernel.TableSize];
        encoding.Tables(query, tables);
        var (own, code) = (new byte[dimensions / 8], new byte[dimensions / 8]);
        encoding.Code(query, own);
        Assert.Equal(0, DistanceOf(own, tables));

        // A table's step, from the four components that differ most together.
        var largest = query.Zip(center, (q, c) => Math.Abs(q - c)).Chunk(4).Max(four => four.Sum());
        for (var i = 0; i < 20; i++)
        {
            var row = VectorFolder.Vector(random, dimensions);
            encoding.Code(row, code);
            var expected = Enumerable.Range(0, dimensions).Where(j => row[j] > center[j] != query[j] > center[j]).Sum(j => Math.Abs(query[j] - center[j]));
            // Every table rounds by half a step at most.
            Assert.Equal(expected * CodeKernel.LargestEntry / largest, DistanceOf(code, tables), dimensions / 4 * 0.5);
        }
    }

    private static int DistanceOf(byte[] code, byte[] tables) =>
        Enumerable.Range(0, code.Length).Sum(i => tables[(2 * i * CodeKernel.TableSize) + (code[i] & 15)] + tables[(((2 * i) + 1) * CodeKernel.TableSize) + (code[i] >> 4)]);
}
