using CsCheck;
using TorchSharp;

namespace DailyPapers.Lab.Tests;

public sealed class SeedTests
{
    [Fact]
    public void A_stream_repeats_itself() =>
        Gen.Int.Sample(value =>
        {
            using var first = Draw(new Seed(value).Stream("data"));
            using var second = Draw(new Seed(value).Stream("data"));
            Assert.True(torch.eq(first, second).all().ToBoolean());
            Assert.Equal(new Seed(value).ToRandom().Next(), new Seed(value).ToRandom().Next());
        }, iter: 20);

    [Fact]
    public void Streams_of_one_seed_and_seeds_of_one_stream_differ()
    {
        var draws = Enumerable.Range(0, 200)
            .SelectMany(value => new[] { new Seed(value), new Seed(value).Stream("a"), new Seed(value).Stream("b"), new Seed(value).Stream("a").Stream("b") })
            .Select(seed => seed.ToRandom().NextInt64())
            .ToList();
        Assert.Equal(draws.Count, draws.Distinct().Count());
    }

    [Fact]
    public void Streams_are_uncorrelated()
    {
        using var scope = torch.NewDisposeScope();
        var (a, b) = (Draw(new Seed(5).Stream("a"), 100_000), Draw(new Seed(5).Stream("b"), 100_000));
        Assert.InRange((a * b).mean().ToDouble(), -0.02, 0.02);
    }

    [Fact]
    public void The_global_generator_can_be_seeded_too()
    {
        new Seed(9).SeedTorch();
        using var first = torch.randn(4);
        new Seed(9).SeedTorch();
        using var second = torch.randn(4);
        Assert.True(torch.eq(first, second).all().ToBoolean());
    }

    private static torch.Tensor Draw(Seed seed, int count = 8)
    {
        using var generator = seed.ToGenerator();
        return torch.randn(count, generator: generator);
    }
}
