namespace DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;

/// <summary>How A = f(x − s) and B = f(e − x) become one function of x (arXiv:2503.06112, section 3; names as in its code).</summary>
public enum FunctionCombination
{
    /// <summary>(A B)², ReLU-KAN's bump for f = ReLU.</summary>
    Quad1,

    /// <summary>A B + A² + B².</summary>
    Quad2,

    /// <summary>A + B.</summary>
    Sum,

    /// <summary>A B.</summary>
    Prod,

    /// <summary>A + B + A B.</summary>
    SumProd,

    /// <summary>(A + B)(A² + B²).</summary>
    Cubic1,

    /// <summary>(A B)³.</summary>
    Cubic2,
}
