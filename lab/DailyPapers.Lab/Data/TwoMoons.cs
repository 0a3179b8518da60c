namespace DailyPapers.Lab.Data;

/// <summary>Two interleaved half circles of radius 1 with Gaussian noise, around the origin, turned by an angle.</summary>
/// <param name="Rotation">The angle, in radians.</param>
/// <param name="Noise">Standard deviation of each coordinate's noise, not negative.</param>
public sealed record TwoMoons(double Rotation, double Noise)
{
    /// <summary>Standard deviation of each coordinate's noise, not negative.</summary>
    public double Noise { get; } = Noise >= 0 && double.IsFinite(Noise)
        ? Noise
        : throw new ArgumentOutOfRangeException(nameof(Noise), Noise, "A standard deviation is finite and not negative.");

    /// <summary>Draws points, label +1 on the upper moon and −1 on the lower one in turn.</summary>
    /// <param name="count">Positive.</param>
    /// <param name="random">The draw.</param>
    public ((double X1, double X2)[] Points, int[] Labels) Sample(int count, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(random);
        var (points, labels) = (new (double, double)[count], new int[count]);
        var (sine, cosine) = Math.SinCos(Rotation);
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % 2 == 0 ? 1 : -1;
            var (height, along) = Math.SinCos(Math.PI * random.NextDouble());
            // The moons' centres are (0, 0) and (1, 1/2); the middle between them becomes the origin.
            var x = labels[i] * (along - 0.5) + Noise * random.NextNormal();
            var y = labels[i] * (height - 0.25) + Noise * random.NextNormal();
            points[i] = (cosine * x - sine * y, sine * x + cosine * y);
        }
        return (points, labels);
    }
}
