namespace DailyPapers.Lab.Architectures.RaftMlp;

/// <summary>The axis along which tokens are mixed.</summary>
public enum MixingAxis
{
    /// <summary>Along a column: rows are mixed.</summary>
    Vertical,

    /// <summary>Along a row: columns are mixed.</summary>
    Horizontal,
}
