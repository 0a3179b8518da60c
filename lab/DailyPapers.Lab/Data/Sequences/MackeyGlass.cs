namespace DailyPapers.Lab.Data.Sequences;

/// <summary>The Mackey-Glass delay equation dx/dt = 0.2 x(t − 17)/(1 + x(t − 17)¹⁰) − 0.1 x, mildly chaotic (Mackey and Glass 1977).</summary>
public static class MackeyGlass
{
    private const double Delay = 17;
    private const int StepsPerUnit = 10;
    private const int Transient = 1000;

    /// <summary>Samples one time unit apart, after a transient of 1,000 units.</summary>
    /// <param name="length">T, positive.</param>
    /// <param name="seed">The stream of the history that the solution starts from, uniform on (1.1, 1.3).</param>
    /// <remarks>Runge and Kutta's method of order four at step 0.1; the delayed value at half a step is the mean of its neighbours.</remarks>
    public static double[] Generate(int length, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        const int lag = (int)(Delay * StepsPerUnit);
        const double step = 1.0 / StepsPerUnit;
        var steps = (length + Transient) * StepsPerUnit;
        var x = new double[lag + steps + 1];
        Array.Fill(x, 1.1 + 0.2 * seed.Stream("mackey-glass").ToRandom().NextDouble(), 0, lag + 1);
        for (var i = lag; i < lag + steps; i++)
        {
            double before = x[i - lag], after = x[i - lag + 1], middle = (before + after) / 2;
            var k1 = Slope(x[i], before);
            var k2 = Slope(x[i] + step / 2 * k1, middle);
            var k3 = Slope(x[i] + step / 2 * k2, middle);
            var k4 = Slope(x[i] + step * k3, after);
            x[i + 1] = x[i] + step / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }
        var samples = new double[length];
        for (var t = 0; t < length; t++)
            samples[t] = x[lag + (Transient + t) * StepsPerUnit];
        return samples;
    }

    private static double Slope(double x, double delayed)
    {
        var square = delayed * delayed;
        var fourth = square * square;
        return 0.2 * delayed / (1 + fourth * fourth * square) - 0.1 * x;
    }
}
