namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary>How a rational function keeps its denominator at 1 or above, so that it has no poles.</summary>
public enum RationalDenominator
{
    /// <summary>1 + |b₁x + … + bₙxⁿ|, the safe Padé unit (Molina et al. 2020, equation 3; arXiv:2409.10594, section 4.2).</summary>
    AbsoluteOfSum,

    /// <summary>1 + |b₁||x| + … + |bₙ||x|ⁿ, what the paper's published kernel computes.</summary>
    SumOfAbsolutes,
}
