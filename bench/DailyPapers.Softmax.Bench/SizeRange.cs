using System.Globalization;

namespace DailyPapers.Numerics.Bench;

/// <summary>The sizes to time.</summary>
internal static class SizeRange
{
    private const int Largest = 30;

    /// <summary>Reads "10-26" or "12,20,24" as powers of two.</summary>
    /// <exception cref="FormatException">Says what was expected.</exception>
    internal static int[] Parse(string text)
    {
        var ends = text.Split('-');
        int[] exponents = ends.Length == 2
            ? [.. Enumerable.Range(Exponent(ends[0]), Math.Max(0, Exponent(ends[1]) - Exponent(ends[0]) + 1))]
            : [.. text.Split(',').Select(Exponent)];
        return exponents.Length > 0 ? [.. exponents.Select(exponent => 1 << exponent)] : throw Malformed(text);
    }

    private static int Exponent(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var exponent) && exponent <= Largest ? exponent : throw Malformed(text);

    private static FormatException Malformed(string text) =>
        new($"--sizes must be powers of two from 0 to {Largest}, as '10-26' or '12,20,24', not '{text}'.");
}
