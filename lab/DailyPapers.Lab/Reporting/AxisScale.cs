using System.Globalization;

namespace DailyPapers.Lab.Reporting;

/// <summary>An axis with its range settled: where a value lies, and where the ticks are.</summary>
internal sealed class AxisScale
{
    private readonly bool _logarithmic;
    private readonly IReadOnlyList<string> _categories;
    private readonly double _low;
    private readonly double _high;

    public AxisScale(Axis axis, IEnumerable<double> values)
    {
        _logarithmic = axis.Logarithmic;
        _categories = axis.Categories;
        var placed = values.Where(double.IsFinite).Where(value => !_logarithmic || value > 0).Select(Place).DefaultIfEmpty(0).ToList();
        _low = axis.Minimum is { } minimum ? Place(minimum) : placed.Min();
        _high = axis.Maximum is { } maximum ? Place(maximum) : placed.Max();
        if (_high - _low > 1e-12 * Math.Max(1, Math.Abs(_high)))
            return;
        _low -= 0.5;
        _high += 0.5;
    }

    /// <summary>The share of the axis before <paramref name="value"/>; 0 to 1 within the range, NaN for what can't be shown.</summary>
    public double Fraction(double value) => _logarithmic && value <= 0 ? double.NaN : (Place(value) - _low) / (_high - _low);

    /// <summary>Ticks in order; those without a label are minor.</summary>
    public IEnumerable<(double Fraction, string? Label)> Ticks() => _categories.Count > 0 ? CategoryTicks() : _logarithmic ? DecadeTicks() : EvenTicks();

    private IEnumerable<(double Fraction, string? Label)> CategoryTicks() => _categories.Select((name, place) => (Fraction(place), (string?)name));

    private IEnumerable<(double Fraction, string? Label)> EvenTicks()
    {
        var step = NiceStep((_high - _low) / 6);
        var decimals = Math.Clamp((int)-Math.Floor(Math.Log10(step) + 1e-9), 0, 12);
        for (var k = Math.Ceiling(_low / step - 1e-9); k * step <= _high + 1e-9 * step; k++)
            yield return (Fraction(k * step), Label(k * step + 0.0, decimals));
    }

    private IEnumerable<(double Fraction, string? Label)> DecadeTicks()
    {
        var few = _high - _low < 2;
        for (var decade = (int)Math.Floor(_low + 1e-9); decade <= _high; decade++)
            for (var digit = 1; digit <= 9; digit++)
            {
                var fraction = (decade + Math.Log10(digit) - _low) / (_high - _low);
                if (fraction is >= -1e-9 and <= 1 + 1e-9)
                    yield return (fraction, digit == 1 || (few && digit is 2 or 5) ? DecadeLabel(digit, decade) : null);
            }
    }

    private double Place(double value) => _logarithmic ? Math.Log10(value) : value;

    private static double NiceStep(double rough)
    {
        var decade = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / decade) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * decade;
    }

    private static string Label(double value, int decimals) => Math.Abs(value) >= 1e6
        ? value.ToString("0.#e0", CultureInfo.InvariantCulture)
        : value.ToString((Math.Abs(value) >= 1e4 ? "#,0." : "0.") + new string('0', decimals), CultureInfo.InvariantCulture);

    private static string DecadeLabel(int digit, int decade)
    {
        if (decade is >= -3 and <= 4)
            return (digit * Math.Pow(10, decade)).ToString("#,0.###", CultureInfo.InvariantCulture);
        var exponent = string.Concat(decade.ToString(CultureInfo.InvariantCulture).Select(sign => sign == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign - '0']));
        return digit == 1 ? $"10{exponent}" : $"{digit}·10{exponent}";
    }
}
