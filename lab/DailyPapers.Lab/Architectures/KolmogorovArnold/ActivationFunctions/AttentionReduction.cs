namespace DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;

/// <summary>How the G + k functions of an input become one number (arXiv:2503.06112, section 3; names as in its code).</summary>
public enum AttentionReduction
{
    /// <summary>A linear map of the functions gives each input a score; its functions are summed, times the softmax of the scores over inputs.</summary>
    GlobalAttention,

    /// <summary>A convolution along the inputs, each function for itself, gives scores; functions are summed, weighted by the softmax over functions.</summary>
    SpatialAttention,

    /// <summary>A linear map of the functions, without a softmax.</summary>
    Multistep,
}
