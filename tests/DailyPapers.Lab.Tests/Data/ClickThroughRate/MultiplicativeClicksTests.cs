using DailyPapers.Lab.Data.ClickThroughRate;

namespace DailyPapers.Lab.Tests.Data.ClickThroughRate;

public sealed class MultiplicativeClicksTests
{
    [Fact]
    public void A_fifth_are_clicks_with_the_probability_of_their_logits()
    {
        var clicks = new MultiplicativeClicks(12, 10, 3, new Seed(1));
        var data = clicks.Draw(40_000, new Seed(2));
        var share = data.Clicked.ToArray().Count(clicked => clicked) / 40_000.0;
        Assert.InRange(share, 0.19, 0.21);
        var rows = Enumerable.Range(0, data.Count).Select(row => (Chance: 1 / (1 + Math.Exp(-clicks.Logit(data.Row(row)))), Clicked: data.Clicked.Span[row])).ToList();
        foreach (var bin in rows.GroupBy(row => (int)(row.Chance * 5)))
            Assert.Equal(bin.Average(row => row.Chance), bin.Average(row => row.Clicked ? 1.0 : 0.0), 4 * 0.5 / Math.Sqrt(bin.Count()));
    }

    [Fact]
    public void Fields_have_the_stated_sizes_and_follow_zipfs_law()
    {
        var clicks = new MultiplicativeClicks(12, 10, 3, new Seed(1));
        Assert.Equal(10, clicks.Cardinalities[0]);
        Assert.Equal(200, clicks.Cardinalities[11]);
        var data = clicks.Draw(50_000, new Seed(3));
        var counts = new int[200];
        for (var row = 0; row < data.Count; row++)
            counts[data.Row(row)[11]]++;
        Assert.Equal(Math.Pow(2, 1.1), counts[0] / (double)counts[1], 0.15);
        Assert.Equal(Math.Pow(4, 1.1), counts[0] / (double)counts[3], 0.5);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(66, 0, 2)]
    [InlineData(0, 220, 3)]
    public void Logits_interact_to_the_stated_order(int pairs, int triples, int order)
    {
        var clicks = new MultiplicativeClicks(12, pairs, triples, new Seed(4));
        // The mixed difference over three fields is zero unless triples interact, that over two unless something does.
        var second = Math.Abs(Mixed(clicks, 2));
        var third = Math.Abs(Mixed(clicks, 3));
        Assert.Equal(order >= 2, second > 1e-9);
        Assert.Equal(order >= 3, third > 1e-9);
    }

    private static double Mixed(MultiplicativeClicks clicks, int fields)
    {
        var sum = 0.0;
        for (var corner = 0; corner < 1 << fields; corner++)
        {
            var ids = new int[12];
            for (var field = 0; field < fields; field++)
                ids[field] = corner >> field & 1;
            sum += (int.PopCount(corner) % 2 == 0 ? 1 : -1) * clicks.Logit(ids);
        }
        return sum;
    }

    [Fact]
    public void Draws_follow_the_seed()
    {
        var first = new MultiplicativeClicks(5, 3, 1, new Seed(7)).Draw(100, new Seed(8));
        var second = new MultiplicativeClicks(5, 3, 1, new Seed(7)).Draw(100, new Seed(8));
        Assert.Equal(first.Clicked.ToArray(), second.Clicked.ToArray());
        Assert.Equal(first.Row(99).ToArray(), second.Row(99).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiplicativeClicks(3, 4, 0, new Seed(1)));
    }
}
