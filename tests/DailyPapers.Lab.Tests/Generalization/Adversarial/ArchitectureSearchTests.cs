using DailyPapers.Lab.Generalization.Adversarial;

namespace DailyPapers.Lab.Tests.Generalization.Adversarial;

public sealed class ArchitectureSearchTests
{
    [Fact]
    public void Evolution_climbs_a_hill_that_chance_does_not()
    {
        var tried = ArchitectureSearch.Evolve(
            random => random.Next(10), (x, random) => x + random.Next(-1, 3), (x, _) => -Math.Abs(x - 60), population: 10, mutants: 300, sample: 5, new Seed(1));
        Assert.Equal(310, tried.Count);
        Assert.True(tried.Take(10).Max(candidate => candidate.Reward) < -50);
        Assert.True(tried.Skip(250).Max(candidate => candidate.Reward) > -3);
    }

    [Fact]
    public void Candidates_are_numbered_in_order_and_drawn_by_the_seed()
    {
        var numbers = new List<int>();
        IReadOnlyList<ArchitectureSearch.Candidate<int>> Run(int seed) => ArchitectureSearch.Evolve(
            random => random.Next(100), (x, random) => x + random.Next(3), (x, number) =>
            {
                numbers.Add(number);
                return x;
            }, 4, 6, 2, new Seed(seed));
        var first = Run(1);
        Assert.Equal(Enumerable.Range(0, 10), numbers);
        Assert.Equal(first, Run(1));
        Assert.NotEqual(first, Run(2));
    }

    [Fact]
    public void The_old_die_even_if_they_were_the_best()
    {
        // The first is the best there will ever be, but its descendants lose; parents of the last are all younger.
        var parents = new List<int>();
        ArchitectureSearch.Evolve(
            _ => 100, (x, _) =>
            {
                parents.Add(x);
                return x - 1;
            }, (x, _) => x, 3, 30, 3, new Seed(1));
        Assert.Equal(100, parents[0]);
        Assert.True(parents[^1] < 98);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ArchitectureSearch.Evolve(_ => 0, (x, _) => x, (_, _) => 0, 0, 1, 1, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ArchitectureSearch.Evolve(_ => 0, (x, _) => x, (_, _) => 0, 2, 1, 3, new Seed(1)));
    }
}
