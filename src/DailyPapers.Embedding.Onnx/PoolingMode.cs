namespace DailyPapers.Embedding.Onnx;

/// <summary>How tokens' vectors become the text's. A model may use several, one after the other, in the order of this list.</summary>
internal enum PoolingMode
{
    /// <summary>The first token's.</summary>
    Cls,

    /// <summary>The largest number of each coordinate.</summary>
    Max,

    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The sum over the square root of the number of tokens.</summary>
    MeanSqrtLen,

    /// <summary>The mean in which the t-th token counts t times.</summary>
    WeightedMean,

    /// <summary>The last token's.</summary>
    LastToken,
}
