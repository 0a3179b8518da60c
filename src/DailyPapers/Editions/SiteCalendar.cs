using DailyPapers.Digests;
using Microsoft.Extensions.Options;

namespace DailyPapers.Editions;

/// <summary>Days and times of day where the site is: in <see cref="SiteOptions.TimeZone"/>.</summary>
public sealed class SiteCalendar(IOptions<SiteOptions> site, TimeProvider time)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(site.Value.TimeZone);

    /// <summary>The day it is.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), _zone).DateTime);

    /// <summary>An instant as clocks at the site show it.</summary>
    public DateTimeOffset AtSite(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone);

    /// <summary>When clocks at the site show this time of this day; in spring, when an hour of the night does not exist, an hour later.</summary>
    public DateTimeOffset Instant(DateOnly date, TimeOnly timeOfDay)
    {
        var local = date.ToDateTime(timeOfDay);
        if (_zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local));
    }
}
