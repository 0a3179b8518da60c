namespace DailyPapers.Lab;

/// <summary>Normal draws from .NET's generator.</summary>
public static class NormalDraws
{
    /// <summary>A standard normal number, from two uniform ones (Box and Muller 1958).</summary>
    public static double NextNormal(this Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
