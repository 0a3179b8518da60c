using CsCheck;

namespace DailyPapers.Lab.Timing.Tests;

public sealed class QuartilesTests
{
    [Fact]
    public void Quartiles_interpolate_between_order_statistics()
    {
        Assert.Equal(new Quartiles(2, 3, 4), Quartiles.Of([5, 1, 4, 2, 3]));
        Assert.Equal(new Quartiles(1.75, 2.5, 3.25), Quartiles.Of([4, 1, 3, 2]));
        Assert.Equal(new Quartiles(7, 7, 7), Quartiles.Of([7]));
    }

    [Fact]
    public void Quartiles_are_ordered_and_do_not_depend_on_the_order_of_the_sample() =>
        Gen.Double[-1e3, 1e3].Array[1, 50].Sample(sample =>
        {
            var quartiles = Quartiles.Of(sample);
            return quartiles == Quartiles.Of(sample.Reverse())
                && sample.Min() <= quartiles.Lower && quartiles.Lower <= quartiles.Median
                && quartiles.Median <= quartiles.Upper && quartiles.Upper <= sample.Max();
        });

    [Fact]
    public void An_empty_sample_is_refused() => Assert.Throws<ArgumentException>(() => Quartiles.Of([]));
}
