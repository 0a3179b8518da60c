namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>Along which lines of a feature map tokens are mixed.</summary>
public enum StripAxis
{
    /// <summary>Along rows: positions of a row are mixed, and the rows above and below are seen.</summary>
    Row,

    /// <summary>Along columns: positions of a column are mixed, and the columns to both sides are seen.</summary>
    Column,
}
