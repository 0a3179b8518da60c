namespace DailyPapers.Lab.Architectures.Reservoir;

/// <summary>What an <see cref="EiReservoir"/> is drawn from.</summary>
public sealed record EiReservoirOptions
{
    /// <summary>N, number of units.</summary>
    public required int Units { get; init; }

    /// <summary>Inputs of a unit from other units; every unit has the same number of excitatory and of inhibitory ones.</summary>
    public int InDegree { get; init; } = 20;

    /// <summary>Share of the units, and of each unit's inputs, that are excitatory; strictly between 0 and 1.</summary>
    public double ExcitatoryFraction { get; init; } = 0.8;

    /// <summary>B = (ΣE − ΣI)/(ΣE + ΣI) over all weights' magnitudes, from −1 to 1 exclusive: 0 is balance, negative is over-inhibited.</summary>
    public double Balance { get; init; }

    /// <summary>g = ‖A‖_F/√N, about the radius of the bulk of A's spectrum, whatever the balance.</summary>
    public double Gain { get; init; } = 3;

    /// <summary>k of the activation S(z) = 1/(1 + e^(−kz)); positive.</summary>
    public double Slope { get; init; } = 1;

    /// <summary>Input weights are uniform on (−s, s); this is s, at least 0.</summary>
    public double InputScale { get; init; } = 1;

    /// <summary>b, added to every unit's input.</summary>
    public double Bias { get; init; }

    /// <summary>l, the share of a unit's rate that is renewed in a step, above 0 and at most 1 (no memory of its own).</summary>
    public double Leak { get; init; } = 1;
}
