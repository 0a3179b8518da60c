using static TorchSharp.torch;

namespace DailyPapers.Lab.Data;

/// <summary>
/// Classes of invented letters, in the manner of Omniglot: a letter is a few random Bézier strokes, an example of it is drawn anew with
/// a random affine change and noise on the pixels.
/// </summary>
public static class StrokeGlyphs
{
    private const int Strokes = 3;
    private const int PointsOfStroke = 12;

    /// <summary>The examples of class c are rows c·m to c·m + m − 1.</summary>
    /// <param name="classes">At least 1.</param>
    /// <param name="perClass">m ≥ 1.</param>
    /// <param name="side">Rows and columns of pixels, at least 4.</param>
    /// <param name="jitter">
    /// How much examples of a letter differ: standard deviation of the entries that the affine map adds to the identity, and of its shift
    /// in units of half a side; at least 0.
    /// </param>
    /// <param name="noise">Standard deviation of the noise on a pixel, whose ink is 1; at least 0.</param>
    /// <param name="seed">The stream of letters and examples.</param>
    /// <returns>(classes · m, side²), float64.</returns>
    public static Tensor Draw(int classes, int perClass, int side, double jitter, double noise, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 4);
        ArgumentOutOfRangeException.ThrowIfNegative(jitter);
        ArgumentOutOfRangeException.ThrowIfNegative(noise);
        var (letters, changes) = (seed.Stream("letters").ToRandom(), seed.Stream("examples").ToRandom());
        var pixels = new double[classes * perClass * side * side];
        for (var letter = 0; letter < classes; letter++)
        {
            var points = Letter(letters);
            for (var example = 0; example < perClass; example++)
            {
                var image = pixels.AsSpan((letter * perClass + example) * side * side, side * side);
                Render(points, image, side, jitter, changes);
                foreach (ref var pixel in image)
                    pixel += noise * changes.NextNormal();
            }
        }
        return tensor(pixels, classes * perClass, side * side);
    }

    // Points along quadratic Bézier curves with control points in the square from −0.8 to 0.8.
    private static (double X, double Y)[] Letter(Random random)
    {
        var points = new List<(double, double)>();
        for (var stroke = 0; stroke < Strokes; stroke++)
        {
            var (from, by, to) = (Point(), Point(), Point());
            for (var i = 0; i < PointsOfStroke; i++)
            {
                var t = i / (PointsOfStroke - 1.0);
                points.Add((Curve(from.X, by.X, to.X, t), Curve(from.Y, by.Y, to.Y, t)));
            }
        }
        return [.. points];

        (double X, double Y) Point() => (1.6 * random.NextDouble() - 0.8, 1.6 * random.NextDouble() - 0.8);
        static double Curve(double from, double by, double to, double t) => (1 - t) * (1 - t) * from + 2 * t * (1 - t) * by + t * t * to;
    }

    private static void Render((double X, double Y)[] points, Span<double> image, int side, double jitter, Random random)
    {
        var (a, b, c, d) = (1 + jitter * random.NextNormal(), jitter * random.NextNormal(), jitter * random.NextNormal(), 1 + jitter * random.NextNormal());
        var (shiftX, shiftY) = (jitter * random.NextNormal(), jitter * random.NextNormal());
        const double pen = 0.6; // standard deviation of the pen's tip, in pixels
        foreach (var (x, y) in points)
        {
            var column = (a * x + b * y + shiftX + 1) / 2 * side - 0.5;
            var row = (c * x + d * y + shiftY + 1) / 2 * side - 0.5;
            // Beyond three deviations the tip leaves nothing.
            for (var i = Math.Max(0, (int)Math.Ceiling(row - 3 * pen)); i <= Math.Min(side - 1, (int)Math.Floor(row + 3 * pen)); i++)
                for (var j = Math.Max(0, (int)Math.Ceiling(column - 3 * pen)); j <= Math.Min(side - 1, (int)Math.Floor(column + 3 * pen)); j++)
                {
                    var squared = (i - row) * (i - row) + (j - column) * (j - column);
                    image[i * side + j] = Math.Max(image[i * side + j], Math.Exp(-squared / (2 * pen * pen)));
                }
        }
    }
}
