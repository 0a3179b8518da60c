namespace DailyPapers.Reproductions.Annotated;

/// <summary>The lab's code as the annotated pages quote it: by file and marker, never pasted, so that it cannot go stale.</summary>
internal static class QuotedSource
{
    private const string Prefix = "quoted/";

    /// <summary>The lines between <c>// #region marker</c> and <c>// #endregion marker</c>, without other markers and common indentation.</summary>
    /// <param name="path">The file, from the repository's root.</param>
    /// <param name="marker">The marker's name.</param>
    /// <exception cref="InvalidOperationException">There is no such file or marker.</exception>
    public static string Excerpt(string path, string marker)
    {
        var source = EmbeddedText.Find(Prefix + path)
            ?? throw new InvalidOperationException($"The source '{path}' does not come with the product; a page can quote the code below lab/.");
        return Excerpt(source, path, marker);
    }

    /// <summary>The same of a given source.</summary>
    internal static string Excerpt(string source, string path, string marker)
    {
        var lines = source.ReplaceLineEndings("\n").Split('\n');
        var first = Array.FindIndex(lines, line => line.Trim() == $"// #region {marker}");
        var last = Array.FindIndex(lines, Math.Max(0, first), line => line.Trim() == $"// #endregion {marker}");
        if (first < 0 || last < 0)
            throw new InvalidOperationException($"The source '{path}' has no region '{marker}'.");
        var quoted = lines[(first + 1)..last].Where(line => !IsMarker(line)).ToList();
        var indentation = quoted.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', quoted.Select(line => line.Length > indentation ? line[indentation..] : ""));
    }

    private static bool IsMarker(string line) =>
        line.TrimStart().StartsWith("// #region ", StringComparison.Ordinal) || line.TrimStart().StartsWith("// #endregion ", StringComparison.Ordinal);
}
