using System.Numerics.Tensors;

namespace DailyPapers.Lab.Architectures.Reservoir;

/// <summary>
/// A sparse random recurrent network whose units either excite or inhibit (Dale's law), with rates in (0, 1) (arXiv:2504.12480):
/// r(t+1) = (1 − l) r(t) + l S(A r(t) + W_in u(t) + b).
/// </summary>
/// <remarks>
/// The first units are excitatory. Weights are kept by the receiving unit, its excitatory inputs before its inhibitory ones, so that
/// a run costs N · in-degree per step. Nothing is trained but, by <see cref="InhibitoryHomeostasis"/>, the inhibitory weights.
/// </remarks>
public sealed class EiReservoir
{
    private readonly int[] _sources; // (N, K), excitatory ones first in each row
    private readonly double[] _weights; // (N, K), signed
    private readonly double[] _inputWeights; // (N)
    private readonly double[] _drive; // (N), scratch

    private EiReservoir(EiReservoirOptions options, int excitatoryUnits, int excitatoryInputs, int[] sources, double[] weights, double[] inputWeights)
    {
        (Options, ExcitatoryUnits, ExcitatoryInputs) = (options, excitatoryUnits, excitatoryInputs);
        (_sources, _weights, _inputWeights) = (sources, weights, inputWeights);
        Rates = new double[options.Units];
        _drive = new double[options.Units];
        Reset();
    }

    /// <summary>What it was drawn from; inhibitory weights may have been adapted since.</summary>
    public EiReservoirOptions Options { get; }

    /// <summary>N, number of units.</summary>
    public int Units => Options.Units;

    /// <summary>Units 0 to this, exclusive, are excitatory.</summary>
    public int ExcitatoryUnits { get; }

    /// <summary>Excitatory inputs of each unit.</summary>
    public int ExcitatoryInputs { get; }

    /// <summary>Inputs of each unit from units.</summary>
    public int InDegree => Options.InDegree;

    /// <summary>The present rates r, (N).</summary>
    public double[] Rates { get; }

    /// <summary>B = (ΣE − ΣI)/(ΣE + ΣI) of the present weights.</summary>
    public double Balance
    {
        get
        {
            double sum = 0, magnitude = 0;
            foreach (var weight in _weights)
            {
                sum += weight;
                magnitude += Math.Abs(weight);
            }
            return magnitude > 0 ? sum / magnitude : 0;
        }
    }

    /// <summary>Draws a reservoir: graph, weight magnitudes uniform on (0, 1), then balance and gain set exactly.</summary>
    /// <param name="options">Sizes and scales.</param>
    /// <param name="seed">The stream of graph and weights. Reservoirs of one seed and size differ by scales only.</param>
    /// <exception cref="ArgumentException">A value is out of range, or a kind of unit is too rare for the in-degree.</exception>
    public static EiReservoir Create(EiReservoirOptions options, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        var (n, k) = (options.Units, options.InDegree);
        var excitatoryUnits = (int)Math.Round(options.ExcitatoryFraction * n);
        var excitatoryInputs = (int)Math.Round(options.ExcitatoryFraction * k);
        if (excitatoryInputs < 1 || excitatoryInputs >= k || excitatoryUnits < excitatoryInputs || n - excitatoryUnits < k - excitatoryInputs)
            throw new ArgumentException($"{n} units with an excitatory share of {options.ExcitatoryFraction} can't give each unit {k} different inputs of both kinds.", nameof(options));
        var random = seed.Stream("reservoir").ToRandom();
        var (sources, weights) = (new int[n * k], new double[n * k]);
        int[] excitatory = [.. Enumerable.Range(0, excitatoryUnits)], inhibitory = [.. Enumerable.Range(excitatoryUnits, n - excitatoryUnits)];
        for (var unit = 0; unit < n; unit++)
        {
            DrawDifferent(excitatory, sources.AsSpan(unit * k, excitatoryInputs), random);
            DrawDifferent(inhibitory, sources.AsSpan(unit * k + excitatoryInputs, k - excitatoryInputs), random);
            for (var input = 0; input < k; input++)
                weights[unit * k + input] = random.NextDouble() * (input < excitatoryInputs ? 1 : -1);
        }
        SetBalance(weights, k, excitatoryInputs, options.Balance);
        var gain = options.Gain * Math.Sqrt(n) / TensorPrimitives.Norm(weights);
        TensorPrimitives.Multiply(weights, gain, weights);
        var inputWeights = new double[n];
        for (var unit = 0; unit < n; unit++)
            inputWeights[unit] = options.InputScale * (2 * random.NextDouble() - 1);
        return new(options, excitatoryUnits, excitatoryInputs, sources, weights, inputWeights);
    }

    /// <summary>S(z) = 1/(1 + e^(−kz)).</summary>
    public static double Activation(double drive, double slope) => 1 / (1 + Math.Exp(-slope * drive));

    /// <summary>The drive that gives a rate, S⁻¹(r) = ln(r/(1 − r))/k.</summary>
    /// <param name="rate">Strictly between 0 and 1.</param>
    /// <param name="slope">k.</param>
    public static double InverseActivation(double rate, double slope) => rate is > 0 and < 1
        ? Math.Log(rate / (1 - rate)) / slope
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate lies strictly between 0 and 1.");

    /// <summary>The unit that input <paramref name="input"/> of unit <paramref name="unit"/> comes from.</summary>
    public int Source(int unit, int input) => _sources[unit * InDegree + input];

    /// <summary>Signed weights of a unit's inputs, (K), excitatory ones first.</summary>
    public ReadOnlySpan<double> Weights(int unit) => _weights.AsSpan(unit * InDegree, InDegree);

    /// <summary>A unit's weight of the external input.</summary>
    public double InputWeight(int unit) => _inputWeights[unit];

    /// <summary>Sets all rates to one half.</summary>
    public void Reset() => Array.Fill(Rates, 0.5);

    // #region step
    /// <summary>One step with the external input u.</summary>
    public void Step(double input)
    {
        var k = InDegree;
        for (var unit = 0; unit < Rates.Length; unit++)
        {
            var row = unit * k;
            var drive = _inputWeights[unit] * input + Options.Bias;
            for (var i = row; i < row + k; i++)
                drive += _weights[i] * Rates[_sources[i]];
            _drive[unit] = drive * Options.Slope;
        }
        TensorPrimitives.Sigmoid(_drive, _drive);
        for (var unit = 0; unit < Rates.Length; unit++)
            Rates[unit] += Options.Leak * (_drive[unit] - Rates[unit]);
    }
    // #endregion step

    /// <summary>Runs from rates of one half.</summary>
    /// <param name="inputs">u, (T).</param>
    /// <param name="washout">First steps that are not returned.</param>
    /// <returns>Rates after each later step, row-major (T − washout, N).</returns>
    public double[] Run(ReadOnlySpan<double> inputs, int washout = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(washout);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(washout, inputs.Length);
        Reset();
        var states = new double[(inputs.Length - washout) * Units];
        for (var t = 0; t < inputs.Length; t++)
        {
            Step(inputs[t]);
            if (t >= washout)
                Rates.CopyTo(states, (t - washout) * Units);
        }
        return states;
    }

    /// <summary>Each unit's mean rate, (N), over a run from rates of one half.</summary>
    /// <param name="inputs">u, (T).</param>
    /// <param name="washout">First steps that don't count; fewer than there are.</param>
    public double[] MeanRates(ReadOnlySpan<double> inputs, int washout = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(washout);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(washout, inputs.Length);
        Reset();
        var means = new double[Units];
        for (var t = 0; t < inputs.Length; t++)
        {
            Step(inputs[t]);
            if (t >= washout)
                TensorPrimitives.Add(means, Rates, means);
        }
        TensorPrimitives.Divide(means, inputs.Length - washout, means);
        return means;
    }

    /// <summary>The inhibitory weights of a unit, none of them positive; for plasticity.</summary>
    internal Span<double> InhibitoryWeights(int unit) => _weights.AsSpan(unit * InDegree + ExcitatoryInputs, InDegree - ExcitatoryInputs);

    /// <summary>The units that inhibit a unit.</summary>
    internal ReadOnlySpan<int> InhibitorySources(int unit) => _sources.AsSpan(unit * InDegree + ExcitatoryInputs, InDegree - ExcitatoryInputs);

    private static void Check(EiReservoirOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Units, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InDegree, 2, nameof(options));
        Require(options.ExcitatoryFraction is > 0 and < 1, "The excitatory share must lie strictly between 0 and 1.");
        Require(options.Balance is > -1 and < 1, "The balance must lie strictly between -1 and 1.");
        Require(options.Gain is >= 0 and < double.PositiveInfinity, "The gain must be at least 0.");
        Require(options.Slope is > 0 and < double.PositiveInfinity, "The activation's slope must be positive.");
        Require(options.InputScale is >= 0 and < double.PositiveInfinity, "The input scale must be at least 0.");
        Require(double.IsFinite(options.Bias), "The bias must be finite.");
        Require(options.Leak is > 0 and <= 1, "The leak must be above 0 and at most 1.");

        static void Require(bool holds, string message)
        {
            if (!holds)
                throw new ArgumentException(message, nameof(options));
        }
    }

    // A partial Fisher-Yates shuffle: its first places are a uniform draw without repeats.
    private static void DrawDifferent(int[] pool, Span<int> drawn, Random random)
    {
        for (var i = 0; i < drawn.Length; i++)
        {
            var j = random.Next(i, pool.Length);
            (pool[i], pool[j]) = (pool[j], pool[i]);
            drawn[i] = pool[i];
        }
    }

    private static void SetBalance(double[] weights, int k, int excitatoryInputs, double balance)
    {
        double excitation = 0, inhibition = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (i % k < excitatoryInputs)
                excitation += weights[i];
            else
                inhibition -= weights[i];
        }
        var factor = excitation / inhibition * (1 - balance) / (1 + balance);
        for (var i = 0; i < weights.Length; i++)
            weights[i] *= i % k < excitatoryInputs ? 1 : factor;
    }
}
