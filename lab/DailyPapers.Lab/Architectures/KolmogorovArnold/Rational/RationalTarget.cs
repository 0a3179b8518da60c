namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary>The function that a rational function begins as.</summary>
public enum RationalTarget
{
    /// <summary>x.</summary>
    Identity,

    /// <summary>x σ(x), also called SiLU.</summary>
    Swish,

    /// <summary>x Φ(x), Φ the normal distribution function.</summary>
    Gelu,

    /// <summary>tanh x.</summary>
    Tanh,
}
