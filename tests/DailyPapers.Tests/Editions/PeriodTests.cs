using System.Globalization;
using CsCheck;
using DailyPapers.Editions;

namespace DailyPapers.Tests.Editions;

public class PeriodTests
{
    private static readonly Gen<DateOnly> Dates = Gen.Int[new DateOnly(1900, 1, 8).DayNumber, new DateOnly(2100, 12, 20).DayNumber].Select(DateOnly.FromDayNumber);

    [Fact]
    public void Names_round_trip_and_contain_their_day() => Dates.Sample(date =>
    {
        Assert.True(Period.TryParseDay(Period.Day(date).Name, out var day));
        Assert.True(Period.TryParseWeek(Period.WeekOf(date).Name, out var week));
        Assert.True(Period.TryParseMonth(Period.MonthOf(date).Name, out var month));
        foreach (var period in (Period[])[day, week, month])
            Assert.InRange(date.DayNumber, period.First.DayNumber, period.Last.DayNumber);
        Assert.Equal(DayOfWeek.Monday, week.First.DayOfWeek);
        Assert.Equal(ISOWeek.GetWeekOfYear(date), ISOWeek.GetWeekOfYear(week.Last));
        Assert.Equal(1, month.First.Day);
    });

    [Theory]
    [InlineData("2025-02-29")]
    [InlineData("2025-13-40")]
    [InlineData("2025-8-13")]
    [InlineData("1899-12-31")]
    [InlineData("20250813")]
    [InlineData("2025-08-13T00:00")]
    [InlineData("")]
    public void Days_that_do_not_exist_are_refused(string name) => Assert.False(Period.TryParseDay(name, out _));

    [Theory]
    [InlineData("2025-W53")]
    [InlineData("2025-W00")]
    [InlineData("2025-w33")]
    [InlineData("2025-W3")]
    [InlineData("9999-W01")]
    public void Weeks_that_do_not_exist_are_refused(string name) => Assert.False(Period.TryParseWeek(name, out _));

    [Fact]
    public void A_year_with_53_weeks_has_a_week_53() => Assert.True(Period.TryParseWeek("2020-W53", out _));
}
