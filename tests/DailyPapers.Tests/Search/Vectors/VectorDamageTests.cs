using DailyPapers.Search.Vectors;

namespace DailyPapers.Tests.Search.Vectors;

public class VectorDamageTests
{
    private const int Papers = 5_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("codes")]
    [InlineData("vectors")]
    [InlineData("bits")]
    [InlineData("scales")]
    [InlineData("papers")]
    [InlineData("deletions")]
    [InlineData("manifest")]
    public void A_flipped_bit_is_found_and_the_index_begun_anew(string file) => AssertBegunAnew(file, bytes => bytes[3] ^= 0x10);

    [Theory]
    [InlineData("codes")]
    [InlineData("vectors")]
    [InlineData("bits")]
    [InlineData("scales")]
    [InlineData("papers")]
    [InlineData("deletions")]
    [InlineData("manifest")]
    public void A_file_cut_off_is_found_and_the_index_begun_anew(string file) => AssertBegunAnew(file, bytes: null);

    [Fact]
    public void What_was_not_committed_is_forgotten_and_what_was_is_whole()
    {
        using var folder = new VectorFolder();
        using var index = Filled(folder);
        var random = new Random(11);
        index.Write(VectorFolder.Numbered(VectorFolder.Clustered(random, 700, 64), first: Papers + 1), VectorFolder.At(2));
        index.Delete([1, 2, 3]);
        // As a crash leaves it: the files as they are at this moment, and the manifest of the last commit.
        using var crashed = folder.Copy(manifestFirst: true);
        using var again = crashed.OpenToWrite();
        Assert.Empty(crashed.Warnings);
        Assert.Equal((Papers - 1, VectorFolder.At(1)), (again.Count, again.Version));
        using var snapshot = again.Acquire();
        Assert.True(snapshot.TryGetRow(1, out _));
        Assert.False(snapshot.TryGetRow(Papers + 1, out _));
    }

    [Fact]
    public void Codes_find_in_every_size_what_an_exact_search_finds()
    {
        using var folder = new VectorFolder();
        using var index = folder.OpenToWrite(128);
        var random = new Random(12);
        var vectors = VectorFolder.Clustered(random, 30_000, 128);
        foreach (var (first, end) in new[] { (0, 1), (1, 63), (63, 4_097), (4_097, 16_385), (16_385, 30_000) })
        {
            index.Write(VectorFolder.Numbered(vectors[first..end], first + 1), VectorFolder.At(end));
            index.Commit();
            // Beyond their cluster, random vectors are told apart with more difficulty than papers are.
            foreach (var (count, least) in new[] { (1, 1.0), (20, 0.97), (200, 0.85) })
            {
                var (found, wanted) = (0, 0);
                for (var i = 0; i < 10; i++)
                {
                    var query = vectors[random.Next(end)];
                    var exact = index.Search(query, count, exact: true, cancellationToken: Token);
                    wanted += exact.Count;
                    found += exact.Intersect(index.Search(query, count, cancellationToken: Token)).Count();
                }
                Assert.InRange(found, least * wanted, wanted);
            }
        }
    }

    private static void AssertBegunAnew(string file, Action<byte[]>? bytes)
    {
        using var folder = new VectorFolder();
        Filled(folder).Dispose();
        var path = Directory.GetFiles(folder.Path).Single(f => Path.GetFileName(f) == file || f.EndsWith("." + file, StringComparison.Ordinal));
        var content = File.ReadAllBytes(path);
        bytes?.Invoke(content);
        File.WriteAllBytes(path, bytes is null ? content[..(content.Length / 2)] : content);

        Assert.Throws<InvalidDataException>(() => folder.OpenToRead());
        using var index = folder.OpenToWrite();
        Assert.Contains("damaged", Assert.Single(folder.Warnings), StringComparison.Ordinal);
        Assert.Equal((0, VectorFolder.At(0)), (index.Count, index.Version));
        index.Write(VectorFolder.Numbered(VectorFolder.Clustered(new Random(13), 10, 64)), VectorFolder.At(1));
        index.Commit();
        Assert.Equal(10, index.Count);
    }

    private static VectorIndex Filled(VectorFolder folder)
    {
        var index = folder.OpenToWrite();
        index.Write(VectorFolder.Numbered(VectorFolder.Clustered(new Random(10), Papers, 64)), VectorFolder.At(1));
        // Centred and rewritten; a deletion after it stays in a file of its own.
        index.Commit();
        index.Delete([Papers]);
        index.Commit();
        return index;
    }
}
