using System.Numerics;
using System.Runtime.InteropServices;

namespace DailyPapers.Lab.Generalization;

/// <summary>
/// Mercer spectrum of a kernel together with the power of a target function in each eigenspace: everything that
/// the eigenframework needs to know about a regression task.
/// </summary>
/// <remarks>
/// An eigenspace i has the eigenvalue λ_i, the dimension m_i (1 unless given) and the target power v_i², the squared
/// norm of the target's projection on the whole eigenspace. Dimensions greater than one serve rotation-invariant
/// kernels (degree-ℓ harmonics) and slowly decaying tails, whose modes are grouped to keep sums short.
/// </remarks>
public sealed class KernelSpectrum
{
    private readonly double[] _eigenvalues;
    private readonly double[] _multiplicities;
    private readonly double[] _targetPower;

    /// <summary>Creates the spectrum from its eigenspaces.</summary>
    /// <param name="eigenvalues">λ_i ≥ 0, finite, in any order.</param>
    /// <param name="targetPower">v_i² ≥ 0, finite, as many as eigenvalues.</param>
    /// <param name="multiplicities">m_i > 0, finite, as many as eigenvalues; all 1 when omitted.</param>
    /// <exception cref="ArgumentException">A length differs, or an entry is out of its range.</exception>
    public KernelSpectrum(IEnumerable<double> eigenvalues, IEnumerable<double> targetPower, IEnumerable<double>? multiplicities = null)
    {
        ArgumentNullException.ThrowIfNull(eigenvalues);
        ArgumentNullException.ThrowIfNull(targetPower);
        _eigenvalues = [.. eigenvalues];
        _targetPower = [.. targetPower];
        _multiplicities = multiplicities is null ? Ones(_eigenvalues.Length) : [.. multiplicities];
        RequireEntries(_eigenvalues, _eigenvalues.Length, positive: false, nameof(eigenvalues));
        RequireEntries(_targetPower, _eigenvalues.Length, positive: false, nameof(targetPower));
        RequireEntries(_multiplicities, _eigenvalues.Length, positive: true, nameof(multiplicities));
        for (var i = 0; i < _eigenvalues.Length; i++)
        {
            if (_eigenvalues[i] > 0)
                Rank += _multiplicities[i];
            Trace += _multiplicities[i] * _eigenvalues[i];
            TotalTargetPower += _targetPower[i];
        }

        if (Trace <= 0)
            throw new ArgumentException("A kernel needs at least one positive eigenvalue.", nameof(eigenvalues));
    }

    /// <summary>Eigenvalues λ_i of the eigenspaces.</summary>
    public ReadOnlySpan<double> Eigenvalues => _eigenvalues;

    /// <summary>Dimensions m_i of the eigenspaces.</summary>
    public ReadOnlySpan<double> Multiplicities => _multiplicities;

    /// <summary>Squared norms v_i² of the target's projections on the eigenspaces.</summary>
    public ReadOnlySpan<double> TargetPower => _targetPower;

    /// <summary>Number of modes with a positive eigenvalue, Σ m_i.</summary>
    public double Rank { get; }

    /// <summary>Trace of the kernel, Σ m_i λ_i.</summary>
    public double Trace { get; }

    /// <summary>Squared norm of the target function, Σ v_i².</summary>
    public double TotalTargetPower { get; }

    /// <summary>The same kernel with another target function.</summary>
    /// <param name="targetPower">v_i² of the new target, as many as eigenspaces.</param>
    public KernelSpectrum WithTarget(IEnumerable<double> targetPower) => new(_eigenvalues, targetPower, _multiplicities);

    /// <summary>
    /// The sums z = Σ m λ/(λ+γ) and u = Σ m λγ/(λ+γ)² at one γ ≥ 0. The paper's q = Σ m (λ/(λ+γ))² is z − u, and
    /// dz/d ln γ = −u.
    /// </summary>
    internal (double Z, double U) LearnabilitySums(double gamma)
    {
        if (gamma == 0)
            return (Rank, 0);
        var z = Vector<double>.Zero;
        var u = Vector<double>.Zero;
        var g = new Vector<double>(gamma);
        var eigenvalues = MemoryMarshal.Cast<double, Vector<double>>(_eigenvalues);
        var multiplicities = MemoryMarshal.Cast<double, Vector<double>>(_multiplicities);
        for (var i = 0; i < eigenvalues.Length; i++)
        {
            var learned = eigenvalues[i] / (eigenvalues[i] + g);
            z += multiplicities[i] * learned;
            u += multiplicities[i] * learned * (Vector<double>.One - learned);
        }

        var (zSum, uSum) = (Vector.Sum(z), Vector.Sum(u));
        for (var i = eigenvalues.Length * Vector<double>.Count; i < _eigenvalues.Length; i++)
        {
            var learned = _eigenvalues[i] / (_eigenvalues[i] + gamma);
            zSum += _multiplicities[i] * learned;
            uSum += _multiplicities[i] * learned * (1 - learned);
        }

        return (zSum, uSum);
    }

    /// <summary>
    /// The bias sum Σ v² γ(γ + cλ)/(λ+γ)², where c = 0 gives kernel ridge regression, Σ v² (γ/(λ+γ))². Modes of
    /// eigenvalue zero are never learned and count in full.
    /// </summary>
    internal double UnlearnedTargetPower(double gamma, double c)
    {
        var sum = 0.0;
        for (var i = 0; i < _eigenvalues.Length; i++)
        {
            if (_eigenvalues[i] == 0)
                sum += _targetPower[i];
            else if (gamma > 0)
                sum += _targetPower[i] * (gamma / (_eigenvalues[i] + gamma)) * ((gamma + c * _eigenvalues[i]) / (_eigenvalues[i] + gamma));
        }

        return sum;
    }

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1.0);
        return ones;
    }

    private static void RequireEntries(double[] values, int count, bool positive, string name)
    {
        if (values.Length != count)
            throw new ArgumentException($"Expected {count} entries, one for each eigenvalue, but got {values.Length}.", name);
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || values[i] < 0 || (positive && values[i] == 0))
                throw new ArgumentException($"Entry {i} is {values[i]}; it must be finite and {(positive ? "positive" : "not negative")}.", name);
        }
    }
}
