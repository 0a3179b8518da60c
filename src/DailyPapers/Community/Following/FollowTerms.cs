using System.Globalization;
using System.Text;
using DailyPapers.Papers;

namespace DailyPapers.Community.Following;

/// <summary>
/// By what papers and follows are compared: lower case, no accents, single blanks. An author is followed by the full name as
/// papers print it: initials stand for too many people.
/// </summary>
public static class FollowTerms
{
    /// <summary>The form of a followed value that is compared; empty when nothing of it is left.</summary>
    public static string Of(FollowKind kind, string value)
    {
        var folded = new StringBuilder(value.Length);
        foreach (var character in value.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character) || (kind is FollowKind.Author && character == '.'))
                folded.Append(' ');
            else if (CharUnicodeInfo.GetUnicodeCategory(character) is not UnicodeCategory.NonSpacingMark)
                folded.Append(char.ToLowerInvariant(character));
        }
        return string.Join(' ', folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Everything by which a paper can be followed; a category also by its archive.</summary>
    public static IReadOnlySet<(FollowKind Kind, string Term)> Of(Paper paper)
    {
        var terms = new HashSet<(FollowKind, string)>();
        foreach (var author in paper.Authors)
            terms.Add((FollowKind.Author, Of(FollowKind.Author, author.Name)));
        foreach (var keyword in paper.Keywords)
            terms.Add((FollowKind.Keyword, Of(FollowKind.Keyword, keyword)));
        foreach (var category in paper.Categories)
        {
            var term = Of(FollowKind.Category, category);
            terms.Add((FollowKind.Category, term));
            if (term.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
                terms.Add((FollowKind.Category, term[..dot]));
        }
        return terms;
    }
}
