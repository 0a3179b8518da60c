using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DailyPapers.Papers;
using DailyPapers.Tex;

namespace DailyPapers.Community.Collections;

/// <summary>A collection in the forms that other programs read.</summary>
public static class CollectionExports
{
    private const string Punctuation = "\\`*_{}[]<>#!|~$&:";

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As JSON: what the collection says of itself, and its papers with identifiers and notes.</summary>
    /// <param name="view">The collection.</param>
    /// <param name="urlOf">The complete address of a paper.</param>
    public static string Json(CollectionView view, Func<Paper, string> urlOf) => JsonSerializer.Serialize(
        new
        {
            view.Summary.Name,
            view.Summary.Description,
            By = view.Summary.OwnerName,
            view.Summary.UpdatedAt,
            Papers = view.Papers.Select(entry => new
            {
                entry.Listed.Paper.Key,
                Url = urlOf(entry.Listed.Paper),
                entry.Listed.Paper.ArxivId,
                entry.Listed.Paper.Doi,
                entry.Listed.Paper.Title,
                Authors = entry.Listed.Paper.Authors.Select(author => author.Name),
                Published = entry.Listed.Paper.PublishedIso(),
                entry.Note,
                entry.AddedAt,
            }),
        },
        Readable) + "\n";

    /// <summary>As BibTeX, in the collection's order.</summary>
    public static string BibTeX(CollectionView view) => BibTex.Entries(view.Papers.Select(entry => entry.Listed.Paper));

    /// <summary>As Markdown: a numbered list with the notes below their papers. No text in it can become a link, an image, a heading or HTML.</summary>
    /// <param name="view">The collection.</param>
    /// <param name="urlOf">The complete address of a paper.</param>
    public static string Markdown(CollectionView view, Func<Paper, string> urlOf)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(Escaped(view.Summary.Name)).Append("\n\n");
        if (view.Summary.Description is { } description)
            text.Append(Escaped(description)).Append("\n\n");
        for (var i = 0; i < view.Papers.Count; i++)
        {
            var paper = view.Papers[i].Listed.Paper;
            text.Append(CultureInfo.InvariantCulture, $"{i + 1}. [{Escaped(TexText.ParseTitle(paper.Title).ToPlainText())}]({urlOf(paper)})");
            if (paper.Authors.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $", {Escaped(string.Join(", ", paper.Authors.Select(author => author.Name)))}");
            text.Append(CultureInfo.InvariantCulture, $", {paper.PublishedIso()}\n");
            if (view.Papers[i].Note is { } note)
                text.Append("\n   > ").Append(Escaped(note)).Append("\n\n");
        }
        return text.ToString();
    }

    // One line, with every sign that Markdown could read as its own taken literally.
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        {
            if (Punctuation.Contains(character, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(character);
        }
        return escaped.ToString();
    }
}
