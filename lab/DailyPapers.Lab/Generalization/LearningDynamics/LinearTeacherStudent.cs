using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.LearningDynamics;

/// <summary>
/// One draw of a noisy linear teacher and a linear student, y = w*·x + ε, whose gradient flow is solved in the eigenbasis of the
/// sample covariance: exact for every time, without a training loop (arXiv:1710.03667, section 2).
/// </summary>
/// <remarks>Scales and units are those of <see cref="LinearGeneralizationDynamics"/>.</remarks>
public sealed class LinearTeacherStudent
{
    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly double[] _initial; // (N), w0 − w* in the eigenbasis
    private readonly double[] _teacher; // (N), w*
    private readonly double[] _noiseProjections; // (N), X ε
    private readonly double _noiseEnergy; // |ε|²
    private readonly double _noise;
    private readonly int _samples;

    private LinearTeacherStudent(double[] eigenvalues, double[] initial, double[] teacher, double[] noiseProjections, double noiseEnergy, double noise, int samples)
    {
        Eigenvalues = eigenvalues;
        (_initial, _teacher, _noiseProjections, _noiseEnergy, _noise, _samples) = (initial, teacher, noiseProjections, noiseEnergy, noise, samples);
    }

    /// <summary>Eigenvalues of Σ_μ x_μ x_μᵀ, (N), rising; those of directions without data are exactly 0.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>Draws data, teacher, noise and initial weights.</summary>
    /// <param name="inputs">N, positive.</param>
    /// <param name="samples">P, positive.</param>
    /// <param name="signalToNoise">SNR = σ_w²/σ_ε² with σ_w² = 1, positive; infinite without noise.</param>
    /// <param name="initialToSignal">INR = σ_0²/σ_w², at least 0.</param>
    /// <param name="seed">The stream of the draw.</param>
    public static LinearTeacherStudent Draw(int inputs, int samples, double signalToNoise, double initialToSignal, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(signalToNoise);
        ArgumentOutOfRangeException.ThrowIfNegative(initialToSignal);
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        using Scalar inputScale = 1 / Math.Sqrt(inputs), noiseScale = Math.Sqrt(1 / signalToNoise), initialScale = Math.Sqrt(initialToSignal);
        var data = randn([inputs, samples], dtype: float64, generator: generator).mul_(inputScale);
        var teacher = randn([inputs], dtype: float64, generator: generator);
        var noise = randn([samples], dtype: float64, generator: generator).mul_(noiseScale);
        var start = randn([inputs], dtype: float64, generator: generator).mul_(initialScale);
        return Decompose(data, teacher, noise, start, 1 / signalToNoise);
    }

    /// <summary>The gradient flow for given data.</summary>
    /// <param name="data">X, (N, P), float64; a column a sample.</param>
    /// <param name="teacher">w*, (N).</param>
    /// <param name="noise">ε, (P).</param>
    /// <param name="start">w0, (N).</param>
    /// <param name="noiseVariance">σ_ε² of fresh labels.</param>
    public static LinearTeacherStudent Decompose(Tensor data, Tensor teacher, Tensor noise, Tensor start, double noiseVariance)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentOutOfRangeException.ThrowIfNegative(noiseVariance);
        if (data.dim() != 2 || teacher.numel() != data.shape[0] || start.numel() != data.shape[0] || noise.numel() != data.shape[1])
            throw new ArgumentException("Expected data (N, P), teacher and start (N) and noise (P).", nameof(data));
        using var scope = NewDisposeScope();
        var (values, vectors) = linalg.eigh(data.mm(data.t()));
        var eigenvalues = values.data<double>().ToArray();
        var smallest = eigenvalues[^1] * eigenvalues.Length * MachineEpsilon;
        for (var i = 0; i < eigenvalues.Length; i++)
            eigenvalues[i] = eigenvalues[i] > smallest && i >= eigenvalues.Length - data.shape[1] ? eigenvalues[i] : 0;
        return new(
            eigenvalues, Rotated(start - teacher), Rotated(teacher), Rotated(data.mv(noise)), noise.square().sum().item<double>(), noiseVariance,
            (int)data.shape[1]);

        double[] Rotated(Tensor vector) => vectors.t().mv(vector).data<double>().ToArray();
    }

    // #region error
    /// <summary>|w(t) − w*|²/N + σ_ε², the expected squared error on a fresh noisy sample.</summary>
    /// <param name="time">t/τ, at least 0; infinity gives the end of training.</param>
    public double TestError(double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        var sum = 0.0;
        for (var i = 0; i < Eigenvalues.Count; i++)
        {
            var error = Error(i, time);
            sum += error * error;
        }
        return sum / Eigenvalues.Count + _noise;
    }

    // w(t) − w* along eigenvector i: the start decays, the noise's share grows, and without data nothing moves.
    private double Error(int i, double time)
    {
        var eigenvalue = Eigenvalues[i];
        if (eigenvalue == 0)
            return _initial[i];
        var left = Math.Exp(-eigenvalue * time);
        return left * _initial[i] + (1 - left) * _noiseProjections[i] / eigenvalue;
    }
    // #endregion error

    /// <summary>The mean squared error on the training samples.</summary>
    /// <param name="time">t/τ, at least 0.</param>
    public double TrainError(double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        var sum = _noiseEnergy;
        for (var i = 0; i < Eigenvalues.Count; i++)
        {
            var error = Error(i, time);
            sum += Eigenvalues[i] * error * error - 2 * error * _noiseProjections[i];
        }
        return sum / _samples;
    }

    /// <summary>The test error of ridge regression Σ(y − w·x)² + γ|w|².</summary>
    /// <param name="ridge">γ, positive.</param>
    public double RidgeTestError(double ridge)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ridge);
        var sum = 0.0;
        for (var i = 0; i < Eigenvalues.Count; i++)
        {
            var error = (_noiseProjections[i] - ridge * _teacher[i]) / (Eigenvalues[i] + ridge);
            sum += error * error;
        }
        return sum / Eigenvalues.Count + _noise;
    }
}
