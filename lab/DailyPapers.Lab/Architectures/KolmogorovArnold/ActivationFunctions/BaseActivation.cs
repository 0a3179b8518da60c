namespace DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;

/// <summary>The function f that the bumps of a layer are made of (arXiv:2503.06112, section 3).</summary>
public enum BaseActivation
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x σ(x).</summary>
    Silu,

    /// <summary>x Φ(x).</summary>
    Gelu,

    /// <summary>λ x above 0, λ α (eˣ − 1) below, with the constants of Klambauer et al. (2017).</summary>
    Selu,

    /// <summary>x above 0, eˣ − 1 below.</summary>
    Elu,

    /// <summary>ln(1 + eˣ).</summary>
    Softplus,

    /// <summary>σ(x).</summary>
    Sigmoid,

    /// <summary>x above 0, x/100 below.</summary>
    LeakyRelu,

    /// <summary>tanh x.</summary>
    Tanh,
}
