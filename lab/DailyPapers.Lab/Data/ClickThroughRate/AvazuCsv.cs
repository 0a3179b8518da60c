using System.Globalization;

namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>
/// Avazu's click data (2014): comma-separated with a header, <c>id,click,hour,C1,…,C21</c>. The id is left out, and the time YYMMDDHH becomes hour of the
/// day, weekday (0 is Sunday) and weekend, as in the "x4" benchmark.
/// </summary>
public sealed class AvazuCsv : IClickFormat
{
    private static readonly string[] _columns =
    [
        "id", "click", "hour", "C1", "banner_pos", "site_id", "site_domain", "site_category", "app_id", "app_domain", "app_category", "device_id", "device_ip",
        "device_model", "device_type", "device_conn_type", "C14", "C15", "C16", "C17", "C18", "C19", "C20", "C21",
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Fields { get; } = ["hour", "weekday", "is_weekend", .. _columns[3..]];

    /// <inheritdoc/>
    public IEnumerable<ClickRecord> Read(string path)
    {
        var header = true;
        TextLine last = default;
        foreach (var line in TextLine.Read(path))
        {
            last = line;
            var cells = line.Text.Split(',');
            if (header)
            {
                header = false;
                if (!cells.SequenceEqual(_columns))
                {
                    var remedy = cells.SequenceEqual(_columns.Where(column => column != "click")) ? "; Avazu's test file has no clicks, so take a part of its training file" : "";
                    throw line.Error($"expected the header '{string.Join(',', _columns)}', got '{line.Text}'{remedy}");
                }
                continue;
            }
            if (cells.Length != _columns.Length)
                throw line.Error($"expected {_columns.Length} comma-separated columns, got {cells.Length}");
            if (!DateTime.TryParseExact("20" + cells[2], "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
                throw line.Error($"expected YYMMDDHH, got '{cells[2]}'", "hour");
            var weekday = (int)time.DayOfWeek;
            yield return new(line.Label(cells[1], "click"), [Text(time.Hour), Text(weekday), weekday is 0 or 6 ? "1" : "0", .. cells[3..]]);
        }
        last.RequireRecordsAfterHeader();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
