using DailyPapers.Lab.Optimization;

namespace DailyPapers.Lab.Tests.Optimization;

public sealed class CosineScheduleTests
{
    [Fact]
    public void It_rises_in_the_warm_up_and_falls_by_half_a_cosine()
    {
        var schedule = new CosineSchedule(2, steps: 14, warmup: 4, last: 0.1);
        Assert.Equal([0.5, 1, 1.5, 2, 2], Enumerable.Range(0, 5).Select(schedule.At));
        Assert.Equal(2 * (0.1 + 0.9 / 2), schedule.At(9), 1e-12);
        Assert.Equal(0.2, schedule.At(14), 1e-12);
        Assert.Equal(0.2, schedule.At(99), 1e-12);
    }
}
