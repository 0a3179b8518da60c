using CsCheck;
using DailyPapers.Editions.Publishing;

namespace DailyPapers.Tests.Editions;

public class DiverseSelectionTests
{
    // Points on a circle, so that likeness is that of real vectors.
    private static readonly Gen<(long Id, double Score, double Angle)[]> Pools = Gen.Select(Gen.Double[0.01, 10], Gen.Double[0, 6.28]).Array[0, 40]
        .Select(pool => pool.OrderByDescending(p => p.Item1).Select((p, i) => ((long)i + 1, p.Item1, p.Item2)).ToArray());

    [Fact]
    public void Without_diversity_the_best_are_chosen_in_order() => Gen.Select(Pools, Gen.Int[1, 50]).Sample((pool, count) =>
        Assert.Equal(pool.Take(count).Select(p => p.Id), Choose(pool, count, 0)));

    [Fact]
    public void Each_is_chosen_at_most_once_and_the_best_is_first() => Gen.Select(Pools, Gen.Int[1, 50], Gen.Double[0, 0.99]).Sample((pool, count, diversity) =>
    {
        var chosen = Choose(pool, count, diversity);
        Assert.Equal(Math.Min(count, pool.Length), chosen.Count);
        Assert.Equal(chosen.Count, chosen.Distinct().Count());
        if (pool.Length > 0)
            Assert.Equal(pool[0].Score, pool.First(p => p.Id == chosen[0]).Score);
    });

    [Fact]
    public void A_larger_edition_begins_with_the_smaller_one() => Gen.Select(Pools, Gen.Int[1, 20], Gen.Double[0, 1]).Sample((pool, count, diversity) =>
        Assert.Equal(Choose(pool, count, diversity), Choose(pool, count + 5, diversity).Take(count)));

    [Fact]
    public void More_diversity_does_not_make_the_second_choice_more_like_the_first() => Gen.Select(Pools, Gen.Double[0, 0.98], Gen.Double[0, 1]).Sample((pool, less, share) =>
    {
        if (pool.Length < 2)
            return;
        var more = less + ((0.99 - less) * share);
        Assert.True(LikenessOfFirstTwo(pool, more) <= LikenessOfFirstTwo(pool, less) + 1e-9);
    });

    [Fact]
    public void Of_five_papers_on_one_thing_an_edition_of_three_has_not_all()
    {
        (long, double, double)[] pool = [(1, 1.0, 0), (2, 0.99, 0.01), (3, 0.98, 0.02), (4, 0.97, 0.03), (5, 0.96, 0.04), (6, 0.8, 1.6), (7, 0.75, 3.1)];
        Assert.Equal([1, 7, 6], Choose(pool, 3, 0.3));
    }

    private static double LikenessOfFirstTwo((long Id, double Score, double Angle)[] pool, double diversity)
    {
        var chosen = Choose(pool, 2, diversity);
        return Math.Cos(pool.First(p => p.Id == chosen[0]).Angle - pool.First(p => p.Id == chosen[1]).Angle);
    }

    private static IReadOnlyList<long> Choose((long Id, double Score, double Angle)[] pool, int count, double diversity) =>
        DiverseSelection.Choose([.. pool.Select(p => (p.Id, p.Score))], (one, other) => Math.Cos(pool[one].Angle - pool[other].Angle), count, diversity);
}
