using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using DailyPapers.Papers;
using DailyPapers.Sources;

namespace DailyPapers.Community.Submissions;

/// <summary>
/// The paper that somebody names by what they paste: an arXiv identifier or URL, a paper's URL at Hugging Face or alphaXiv, or
/// a DOI. Only the identifier is taken out of it; no address that a person gives is ever contacted.
/// </summary>
/// <param name="Arxiv">The arXiv identifier.</param>
/// <param name="Doi">The DOI, where there is no arXiv identifier.</param>
public sealed partial record PaperReference(ArxivId? Arxiv, string? Doi)
{
    private const int LongestAccepted = 500;

    /// <summary>Reads what was pasted; false when it names no paper.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PaperReference? reference)
    {
        reference = null;
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestAccepted)
            return false;
        text = text.Trim();
        var address = WithoutTail().Replace(text, "");
        if (ArxivId.TryParse(address, out var id)
            || (PaperPage().Match(address) is { Success: true } page && ArxivId.TryParse(page.Groups["id"].Value, out id))
            || (ArxivDoi().Match(address) is { Success: true } doi && ArxivId.TryParse(doi.Groups["id"].Value, out id)))
        {
            reference = new PaperReference(id, null);
            return true;
        }
        if (AnyDoi().Match(text) is { Success: true } other && Dois.Normalise(other.Groups["doi"].Value) is { } normalised)
            reference = new PaperReference(null, normalised);
        return reference is not null;
    }

    /// <summary>The identifier, for people.</summary>
    public override string ToString() => Arxiv is { } id ? $"arXiv:{id.Id}" : $"doi:{Doi}";

    [GeneratedRegex(@"(?<=^https?://[^?#]*)[?#].*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex WithoutTail();

    [GeneratedRegex(@"^(?:https?://)?(?:www\.)?(?:(?:huggingface\.co|hf\.co)/papers|alphaxiv\.org/(?:abs|overview|pdf))/(?<id>[0-9]{4}\.[0-9]{4,5}(?:v[0-9]{1,4})?)/?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PaperPage();

    [GeneratedRegex(@"^(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.(?<id>\S+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ArxivDoi();

    [GeneratedRegex(@"^(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(?<doi>10\.[0-9]{4,9}/[^\s""<>]+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnyDoi();
}
