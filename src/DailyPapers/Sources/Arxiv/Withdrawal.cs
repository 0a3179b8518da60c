using System.Text.RegularExpressions;

namespace DailyPapers.Sources.Arxiv;

/// <summary>Recognises withdrawn papers: arXiv marks them in words only.</summary>
internal static partial class Withdrawal
{
    /// <summary>True when the comment or the abstract announces a withdrawal.</summary>
    public static bool IsAnnounced(string? comment, string? paperAbstract) =>
        (comment is not null && InComment().IsMatch(comment)) || (paperAbstract is not null && InAbstract().IsMatch(paperAbstract));

    // An abstract may well be about withdrawn drugs, so there the sentence must speak of the paper and come first.
    private const string Sentence = @"(?:this|the)\s+(?:paper|article|submission|manuscript|work|preprint|version|note|letter|report)\s+(?:has\s+been|was|is|is\s+being|has\s+now\s+been)\s+(?:temporarily\s+|now\s+)?withdrawn";

    [GeneratedRegex(@"^\W*(?:" + Sentence + @"|(?:paper\s+|submission\s+|article\s+)?withdrawn\b)|\bwithdrawn\s+by\s+(?:the\s+)?(?:authors?|arxiv)|\bhas\s+been\s+withdrawn\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InComment();

    [GeneratedRegex(@"^\W*(?:" + Sentence + @"|(?:paper\s+)?withdrawn(?:\s+by\s+(?:the\s+)?(?:authors?|arxiv)|[\s.]*$))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InAbstract();
}
