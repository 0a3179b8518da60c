namespace DailyPapers.Embedding;

/// <summary>The text by which a paper is embedded: the same for all that compare papers.</summary>
public static class PaperText
{
    /// <summary>Title, keywords and abstract as one text; what a paper lacks is left out.</summary>
    /// <param name="title">The title.</param>
    /// <param name="keywords">The keywords, or null.</param>
    /// <param name="summary">The abstract or what stands for it, or null.</param>
    /// <param name="titleCount">How often the title stands in it, for models in whose vectors it is to weigh more.</param>
    public static string Compose(string title, IEnumerable<string>? keywords, string? summary, int titleCount = 1)
    {
        ArgumentNullException.ThrowIfNull(title);
        return string.Join(". ", Enumerable.Repeat(title, titleCount).Append(string.Join(", ", keywords ?? [])).Append(summary ?? "")
            .Where(part => !string.IsNullOrWhiteSpace(part)));
    }
}
