using DailyPapers.Papers;
using DailyPapers.Search.Highlighting;
using DailyPapers.Search.Text;

namespace DailyPapers.Search.Loading;

/// <summary>A paper and the plain texts that hits show of it. TeX is read at the first use; any number of threads may ask.</summary>
internal sealed class ReadablePaper(Paper paper)
{
    private TokenizedText? _title;
    private TokenizedText[]? _prose;

    /// <summary>The paper; nobody may change it, since others hold it too.</summary>
    public Paper Paper { get; } = paper;

    /// <summary>Its title.</summary>
    public TokenizedText Title => _title ??= new TokenizedText(PlainText.OfTitle(Paper.Title));

    /// <summary>Its summary and its abstract, each on one line, as far as it has them.</summary>
    public IReadOnlyList<TokenizedText> Prose => _prose ??= [.. new[] { Paper.Summary, Paper.Abstract }
        .Where(text => !string.IsNullOrWhiteSpace(text))
        .Select(text => new TokenizedText(PlainText.OfProse(text!).ReplaceLineEndings(" ")))];
}
