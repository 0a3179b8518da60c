namespace DailyPapers.Lab.Reporting;

/// <summary>Names of categories in the room that a figure has for them.</summary>
internal static class CategoryNames
{
    /// <summary>A name in lines of at most <paramref name="letters"/> letters, broken at spaces; a longer word keeps a line of its own.</summary>
    public static IReadOnlyList<string> Lines(string name, int letters)
    {
        var lines = new List<string>();
        foreach (var word in name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= letters)
                lines[^1] += " " + word;
            else
                lines.Add(word);
        return lines;
    }
}
