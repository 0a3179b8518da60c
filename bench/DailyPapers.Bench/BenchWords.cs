namespace DailyPapers.Bench;

/// <summary>Words of papers, to make queries of.</summary>
internal static class BenchWords
{
    /// <summary>The words of plain letters.</summary>
    public static string[] All(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('.', ',', ':', ';', '(', ')', '"', '“', '”', '?', '!')).Where(w => w.Length > 0 && w.All(char.IsAsciiLetter)).ToArray();

    /// <summary>Those that are long enough to say something, in lower case.</summary>
    public static string[] Content(string text) => All(text).Where(w => w.Length >= 4).Select(w => w.ToLowerInvariant()).ToArray();

    /// <summary>Some of the words, each at most once.</summary>
    public static string Pick(string[] words, int count, Random random)
    {
        var picked = words.Distinct().ToArray();
        random.Shuffle(picked);
        return string.Join(' ', picked.Take(count));
    }
}
