namespace DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;

/// <summary>The norm of a layer's d_in channels.</summary>
public enum InputNorm
{
    /// <summary>None.</summary>
    None,

    /// <summary>Layer norm.</summary>
    Layer,

    /// <summary>Batch norm.</summary>
    Batch,
}
