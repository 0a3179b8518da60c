namespace DailyPapers.Lab.Data.Sequences;

/// <summary>The Lorenz system dx = 10 (y − x), dy = x (28 − z) − y, dz = x y − 8z/3 (Lorenz 1963).</summary>
public static class Lorenz63
{
    private const double Sigma = 10, Rho = 28, Beta = 8.0 / 3;
    private const int StepsPerSample = 4;
    private const double Transient = 50;

    /// <summary>Samples of the three coordinates, (T) each, after a transient of 50 time units.</summary>
    /// <param name="length">T, positive.</param>
    /// <param name="interval">Time between samples, positive.</param>
    /// <param name="seed">The stream of the start, uniform on (−10, 10)² × (15, 35).</param>
    /// <remarks>Runge and Kutta's method of order four with four steps in an interval.</remarks>
    public static (double[] X, double[] Y, double[] Z) Generate(int length, double interval, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interval);
        var random = seed.Stream("lorenz").ToRandom();
        var state = (X: 20 * random.NextDouble() - 10, Y: 20 * random.NextDouble() - 10, Z: 15 + 20 * random.NextDouble());
        var step = interval / StepsPerSample;
        for (var i = 0; i < Transient / step; i++)
            state = Advance(state, step);
        var (x, y, z) = (new double[length], new double[length], new double[length]);
        for (var t = 0; t < length; t++)
        {
            (x[t], y[t], z[t]) = state;
            for (var i = 0; i < StepsPerSample; i++)
                state = Advance(state, step);
        }
        return (x, y, z);
    }

    private static (double X, double Y, double Z) Advance((double X, double Y, double Z) s, double step)
    {
        var k1 = Slope(s);
        var k2 = Slope(Move(s, k1, step / 2));
        var k3 = Slope(Move(s, k2, step / 2));
        var k4 = Slope(Move(s, k3, step));
        return Move(s, (k1.X + 2 * k2.X + 2 * k3.X + k4.X, k1.Y + 2 * k2.Y + 2 * k3.Y + k4.Y, k1.Z + 2 * k2.Z + 2 * k3.Z + k4.Z), step / 6);
    }

    private static (double X, double Y, double Z) Slope((double X, double Y, double Z) s) =>
        (Sigma * (s.Y - s.X), s.X * (Rho - s.Z) - s.Y, s.X * s.Y - Beta * s.Z);

    private static (double X, double Y, double Z) Move((double X, double Y, double Z) s, (double X, double Y, double Z) slope, double step) =>
        (s.X + step * slope.X, s.Y + step * slope.Y, s.Z + step * slope.Z);
}
