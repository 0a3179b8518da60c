using System.Collections.Frozen;

namespace DailyPapers.Search.Queries;

/// <summary>Words so common that a query asks for nothing with them, unless it consists of them or quotes them.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> All = new[]
    {
        "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "do", "does", "for", "from", "how", "if", "in", "into", "is",
        "it", "its", "no", "not", "of", "on", "or", "our", "such", "than", "that", "the", "their", "then", "there", "these", "they",
        "this", "to", "via", "was", "we", "what", "when", "which", "why", "will", "with",
    }.ToFrozenSet();

    public static bool Contains(string word) => All.Contains(word);
}
