using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.NeuralNetworkKernels;

/// <summary>
/// An activation as a mixture of waves, f(z) = Re E[c e^{isz}]: the frequency s is drawn, the amplitude c is complex. It is the
/// activation's Fourier transform τ with s = 2πξ, ξ ~ P and c = τ(ξ)/P(ξ) (arXiv:2310.13225, section 3).
/// </summary>
/// <remarks>c is one number for all s here, so P is |τ| up to a factor, and τ must have the same phase at all ξ that are drawn.</remarks>
/// <param name="name">The activation's name.</param>
/// <param name="frequencies">Draws that many frequencies s, float64 on the CPU, from TorchSharp's global generator.</param>
/// <param name="real">Re c.</param>
/// <param name="imaginary">Im c.</param>
/// <param name="function">f, element by element.</param>
public sealed class ActivationSpectrum(string name, Func<long, Tensor> frequencies, double real, double imaginary, Func<Tensor, Tensor> function)
{
    /// <summary>sin z = Re(−i e^{iz}): a single frequency, s = 1.</summary>
    public static ActivationSpectrum Sine { get; } = new("sin", count => ones(count, dtype: float64), 0, -1, z => z.sin());

    /// <summary>cos z = Re e^{iz}: a single frequency, s = 1.</summary>
    public static ActivationSpectrum Cosine { get; } = new("cos", count => ones(count, dtype: float64), 1, 0, z => z.cos());

    /// <summary>e^{−z²/2} = E e^{isz} with s ~ N(0, 1).</summary>
    public static ActivationSpectrum Gaussian { get; } = new("gaussian", count => randn(count, dtype: float64), 1, 0, z => (z.square() * -0.5).exp());

    /// <summary>The activation's name.</summary>
    public string Name { get; } = name;

    /// <summary>Re c.</summary>
    public double Real { get; } = real;

    /// <summary>Im c.</summary>
    public double Imaginary { get; } = imaginary;

    /// <summary>Draws frequencies s, (count), float64 on the CPU, from TorchSharp's global generator.</summary>
    public Tensor Frequencies(long count) => frequencies(count);

    /// <summary>f(z), element by element.</summary>
    public Tensor Apply(Tensor z) => function(z);
}
