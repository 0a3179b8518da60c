using DailyPapers.Papers;
using DailyPapers.Search.Text;

namespace DailyPapers.Search.Loading;

/// <summary>A paper and the plain texts that hits show of it. TeX is read at the first use; any number of threads may ask.</summary>
internal sealed class ReadablePaper(Paper paper)
{
    private string? _title;
    private string[]? _prose;

    /// <summary>The paper; nobody may change it, since others hold it too.</summary>
    public Paper Paper { get; } = paper;

    /// <summary>Its title.</summary>
    public string Title => _title ??= PlainText.OfTitle(Paper.Title);

    /// <summary>Its summary and its abstract, each on one line, as far as it has them.</summary>
    public IReadOnlyList<string> Prose => _prose ??= [.. new[] { Paper.Summary, Paper.Abstract }
        .Where(text => !string.IsNullOrWhiteSpace(text))
        .Select(text => PlainText.OfProse(text!).ReplaceLineEndings(" "))];
}
