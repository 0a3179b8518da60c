namespace DailyPapers.Lab.Runner.Papers.LipschitzTransformers;

/// <summary>Trained models of one family at several strengths of the constraint: loss against Lipschitz bound.</summary>
/// <param name="Losses">Validation losses, in the order of the strengths, strongest first.</param>
/// <param name="LogBounds">Natural logarithms of the certified bounds.</param>
internal sealed record Frontier(double[] Losses, double[] LogBounds)
{
    /// <summary>The least log bound at which the loss is reached, linear between neighbouring strengths.</summary>
    internal double LogBoundAt(double loss)
    {
        for (var i = 0; i < Losses.Length; i++)
        {
            if (Losses[i] > loss)
                continue;
            if (i == 0)
                return LogBounds[0];
            var share = (Losses[i - 1] - loss) / (Losses[i - 1] - Losses[i]);
            return LogBounds[i - 1] + share * (LogBounds[i] - LogBounds[i - 1]);
        }
        return double.NaN;
    }

    /// <summary>The strongest constraint with which the loss is within a part of the given one.</summary>
    internal int Strongest(double loss) => Array.FindIndex(Losses, one => one <= loss);

    /// <summary>The least loss that both families reach.</summary>
    internal static double CommonLoss(Frontier first, Frontier second) => Math.Max(first.Losses.Min(), second.Losses.Min());
}
