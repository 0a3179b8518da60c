using DailyPapers.Search.Vectors;

namespace DailyPapers.Tests.Search.Vectors;

public class VectorSearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(64)]
    [InlineData(72)]
    [InlineData(256)]
    [InlineData(1000)]
    [InlineData(4096)]
    public void Exact_scores_are_the_cosines(int dimensions)
    {
        using var folder = new VectorFolder();
        using var index = folder.OpenToWrite(dimensions);
        var random = new Random(1);
        var vectors = VectorFolder.Clustered(random, 300, dimensions);
        index.Write(VectorFolder.Numbered(vectors), VectorFolder.At(1));
        foreach (var query in VectorFolder.Clustered(random, 5, dimensions).Append(vectors[17]))
        {
            var expected = vectors.Select((v, i) => (Id: i + 1L, Cosine: VectorFolder.Cosine(query, v))).ToDictionary(x => x.Id, x => x.Cosine);
            var hits = index.Search(query, 300, exact: true, cancellationToken: Token);
            Assert.Equal(300, hits.Count);
            Assert.All(hits, hit => Assert.Equal(expected[hit.PaperId], hit.Score, 0.01));
            Assert.Equal(hits.OrderByDescending(h => h.Score).ThenByDescending(h => h.PaperId), hits);
        }
        Assert.Equal(18, index.Search(vectors[17], 1, cancellationToken: Token)[0].PaperId);
    }

    [Fact]
    public void Nearly_all_that_an_exact_search_finds_is_found_by_the_codes()
    {
        using var folder = new VectorFolder();
        using var index = folder.OpenToWrite(256);
        var random = new Random(2);
        index.Write(VectorFolder.Numbered(VectorFolder.Clustered(random, 40_000, 256)), VectorFolder.At(1));
        index.Commit();
        using var snapshot = index.Acquire();
        var (found, wanted) = (0, 0);
        var vector = new float[256];
        for (var i = 0; i < 50; i++)
        {
            snapshot.TryGetVector(random.Next(1, 40_000), vector);
            var query = vector.Select((x, j) => x + (0.3f * VectorFolder.Vector(random, 1)[0] / 16)).ToArray();
            var exact = snapshot.Search(query, 20, exact: true, cancellationToken: Token);
            var hits = snapshot.Search(query, 20, cancellationToken: Token);
            found += hits.Intersect(exact).Count();
            wanted += exact.Count;
        }
        Assert.InRange(found, wanted * 0.99, wanted);
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

    [Fact]
    public void Equal_scores_are_ordered_by_identity_and_codes_that_tie_are_all_scored()
    {
        using var folder = new VectorFolder();
        using var index = folder.OpenToWrite();
        var vector = VectorFolder.Vector(new Random(3), 64);
        index.Write(VectorFolder.Numbered(Enumerable.Repeat(vector, 20_000)), VectorFolder.At(1));
        Assert.Equal([20_000, 19_999, 19_998], index.Search(vector, 3, cancellationToken: Token).Select(h => h.PaperId));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5_000)]
    [InlineData(15_000)]
    public void Only_allowed_rows_are_found(int allowedCount)
    {
        using var folder = new VectorFolder();
        using var index = folder.OpenToWrite();
        var random = new Random(4);
        var vectors = VectorFolder.Clustered(random, 20_000, 64);
        index.Write(VectorFolder.Numbered(vectors), VectorFolder.At(1));
        index.Delete([.. Enumerable.Range(1, 20_000).Where(i => i % 7 == 0).Select(i => (long)i)]);
        using var snapshot = index.Acquire();
        var allowed = Enumerable.Range(1, 20_000).OrderBy(_ => random.Next()).Take(allowedCount).Select(i => (long)i).ToHashSet();
        var rows = RowSet.FromPapers(snapshot, allowed.Append(99_999));
        Assert.Equal(allowed.Count(id => id % 7 != 0), rows.Count);

        var expected = snapshot.Search(vectors[0], 20_000, exact: true, cancellationToken: Token).Where(h => allowed.Contains(h.PaperId)).Take(10).ToList();
        Assert.Equal(expected, snapshot.Search(vectors[0], 10, rows, exact: true, Token));
        Assert.Equal(expected, snapshot.Search(vectors[0], 10, rows, cancellationToken: Token));
    }

    [Fact]
    public void A_paper_is_scored_alone_as_in_a_search()
    {
        using var folder = new VectorFolder();
        using var index = folder.OpenToWrite();
        var vectors = VectorFolder.Clustered(new Random(5), 100, 64);
        index.Write(VectorFolder.Numbered(vectors), VectorFolder.At(1));
        using var snapshot = index.Acquire();
        foreach (var hit in snapshot.Search(vectors[3], 100, cancellationToken: Token))
        {
            Assert.True(snapshot.TryScore(hit.PaperId, vectors[3], out var score));
            Assert.Equal(hit.Score, score);
        }
        Assert.False(snapshot.TryScore(1_000, vectors[3], out _));
        var scores = new float[2];
        snapshot.Score(vectors[3], [1_000, 4], scores);
        Assert.True(float.IsNaN(scores[0]));
        Assert.Equal(1, scores[1], 0.001);
    }

    [Fact]
    public void A_query_of_zeros_finds_nothing_and_one_of_another_model_is_refused()
    {
        using var folder = new VectorFolder();
        using var index = folder.OpenToWrite();
        index.Write(VectorFolder.Numbered(VectorFolder.Clustered(new Random(6), 10, 64)), VectorFolder.At(1));
        Assert.Empty(index.Search(new float[64], 5, cancellationToken: Token));
        Assert.Contains("72 dimensions", Assert.Throws<ArgumentException>(() => index.Search(new float[72], 5, cancellationToken: Token)).Message, StringComparison.Ordinal);
        var broken = new float[64];
        broken[5] = float.NaN;
        Assert.Throws<ArgumentException>(() => index.Search(broken, 5, cancellationToken: Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search(new float[64], 0, cancellationToken: Token));
        Assert.Throws<ArgumentException>(() => folder.TryOpenToWrite(100));
    }

    [Fact]
    public void A_cancelled_search_ends()
    {
        using var folder = new VectorFolder();
        using var index = folder.OpenToWrite();
        var vectors = VectorFolder.Clustered(new Random(7), 5_000, 64);
        index.Write(VectorFolder.Numbered(vectors), VectorFolder.At(1));
        Assert.Throws<OperationCanceledException>(() => index.Search(vectors[0], 5, cancellationToken: new CancellationToken(canceled: true)));
    }
}
