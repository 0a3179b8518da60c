namespace DailyPapers.Lab.Data.Sequences;

/// <summary>
/// The nonlinear autoregressive moving-average task of order ten (Atiya and Parlos 2000):
/// y(t+1) = 0.3 y(t) + 0.05 y(t) Σ_{i=0..9} y(t−i) + 1.5 u(t−9) u(t) + 0.1.
/// </summary>
public static class Narma10
{
    /// <summary>The output for a given input.</summary>
    /// <param name="inputs">u, (T), from 0 to 1/2.</param>
    /// <returns>y, (T): y[t] depends on inputs before t. Null when it diverges (exceeds 1), as it does for rare inputs.</returns>
    public static double[]? Respond(IReadOnlyList<double> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var outputs = new double[inputs.Count];
        for (var t = 9; t + 1 < outputs.Length; t++)
        {
            var sum = 0.0;
            for (var i = 0; i < 10; i++)
                sum += outputs[t - i];
            outputs[t + 1] = 0.3 * outputs[t] + 0.05 * outputs[t] * sum + 1.5 * inputs[t - 9] * inputs[t] + 0.1;
            if (outputs[t + 1] > 1)
                return null;
        }
        return outputs;
    }

    /// <summary>Inputs uniform on (0, 1/2) and outputs; a diverging series is drawn anew.</summary>
    /// <param name="length">T, positive.</param>
    /// <param name="seed">The stream of the inputs.</param>
    public static (double[] Inputs, double[] Outputs) Generate(int length, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var random = seed.Stream("narma").ToRandom();
        while (true)
        {
            double[] inputs = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() / 2)];
            if (Respond(inputs) is { } outputs)
                return (inputs, outputs);
        }
    }
}
