using System.Globalization;
using DailyPapers.Search;
using DailyPapers.Search.Suggesting;
using DailyPapers.Web.Pages.Search;
using DailyPapers.Web.Parts;

namespace DailyPapers.Web.Api.Search;

/// <summary>The answer of <c>GET /api/suggest</c>.</summary>
internal sealed record ApiSuggestions(string Query, IReadOnlyList<ApiSuggestion> Suggestions)
{
    public static ApiSuggestions Of(string query, IReadOnlyList<Suggestion> suggestions) =>
        new(query, suggestions.Select(ApiSuggestion.Of).ToList());
}

/// <summary>
/// A suggestion: its kind (words, paper, author or keyword), its text with start and length of what matches, where it leads, and
/// what tells it from others.
/// </summary>
internal sealed record ApiSuggestion(string Kind, string Text, IReadOnlyList<int[]> Marks, string Url, string? Detail, int Papers)
{
    public static ApiSuggestion Of(Suggestion suggestion) => new(
        SearchAddress.NameOf(suggestion.Kind),
        suggestion.Text.Text,
        suggestion.Text.Marks.Select(mark => new[] { mark.Start, mark.Length }).ToList(),
        suggestion.Kind switch
        {
            SuggestionKind.Paper => PaperLink.To(suggestion.Paper!),
            SuggestionKind.Author => SearchLink.Author(suggestion.Text.Text),
            SuggestionKind.Keyword => SearchLink.Keyword(suggestion.Text.Text),
            _ => SearchAddress.To(new SearchRequest { Text = suggestion.Text.Text }),
        },
        DetailOf(suggestion),
        suggestion.Papers);

    private static string? DetailOf(Suggestion suggestion)
    {
        if (suggestion.Kind is SuggestionKind.Words)
            return null;
        if (suggestion.Paper is not { } paper)
            return T.Count(suggestion.Papers, "1 paper", "{0:N0} papers");
        var authors = paper.Authors.Count switch
        {
            0 => null,
            1 => paper.Authors[0].Name,
            2 => T["{0} and {1}", paper.Authors[0].Name, paper.Authors[1].Name],
            _ => T["{0} and {1} more", paper.Authors[0].Name, paper.Authors.Count - 1],
        };
        var year = paper.Published.Year.ToString(CultureInfo.InvariantCulture);
        return string.Join(" · ", new[] { authors, year, paper.Venue }.Where(part => !string.IsNullOrEmpty(part)));
    }
}
