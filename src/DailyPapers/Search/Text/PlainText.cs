namespace DailyPapers.Search.Text;

/// <summary>The plain text that is indexed and shown of a title, summary or abstract.</summary>
internal static class PlainText
{
    /// <summary>The text without the dollar signs around its mathematics.</summary>
    public static string Of(string tex) => tex.Replace("$", "", StringComparison.Ordinal);
}
