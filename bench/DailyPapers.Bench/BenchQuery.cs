using DailyPapers.Search.Queries;

namespace DailyPapers.Bench;

/// <summary>One query, as each system writes it.</summary>
/// <param name="Text">As our search reads it.</param>
/// <param name="Words">The words that the others look for: any of them, or all next to each other.</param>
/// <param name="IsPhrase">True for the latter.</param>
internal sealed record BenchQuery(string Text, string[] Words, bool IsPhrase)
{
    /// <summary>As SQLite FTS5 reads it.</summary>
    public string Match => IsPhrase ? $"\"{string.Join(' ', Words)}\"" : string.Join(" OR ", Words.Select(word => $"\"{word}\""));

    /// <summary>Words of which any may match; stop words are left to nobody, since ours leaves them out too.</summary>
    public static BenchQuery Any(string text)
    {
        var words = BenchWords.All(text).Select(word => word.ToLowerInvariant()).Distinct().ToArray();
        var telling = words.Where(word => !StopWords.Contains(word)).ToArray();
        return new BenchQuery(text, telling.Length > 0 ? telling : words, IsPhrase: false);
    }

    public static BenchQuery Phrase(params string[] words) => new($"\"{string.Join(' ', words)}\"", words, IsPhrase: true);
}
