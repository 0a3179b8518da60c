namespace DailyPapers.Embedding;

/// <summary>The text by which a paper is embedded: the same for all that compare papers.</summary>
public static class PaperText
{
    /// <summary>Title, keywords and abstract as one text; what a paper lacks is left out.</summary>
    public static string Compose(string title, IEnumerable<string>? keywords, string? summary)
    {
        ArgumentNullException.ThrowIfNull(title);
        return string.Join(". ", new[] { title, string.Join(", ", keywords ?? []), summary ?? "" }.Where(part => !string.IsNullOrWhiteSpace(part)));
    }
}
