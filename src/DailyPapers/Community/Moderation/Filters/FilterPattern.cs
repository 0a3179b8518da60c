using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DailyPapers.Community.Moderation.Filters;

/// <summary>
/// A filter's pattern ready to search. It runs on the engine that takes time linear in the text whatever the pattern, so
/// that neither a careless filter nor a crafted comment can stall the site; patterns which that engine cannot run are
/// refused when they are made.
/// </summary>
public sealed class FilterPattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private readonly Regex _regex;

    private FilterPattern(Regex regex) => _regex = regex;

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="kind">How to read it.</param>
    /// <param name="problem">What is wrong and how to mend it, when the result is null.</param>
    public static FilterPattern? Parse(string? pattern, FilterKind kind, out string? problem)
    {
        var text = pattern?.Trim() ?? "";
        problem = text.Length is 0 or > WordFilter.LongestPattern
            ? T["pattern has {0} characters; give it 1 to {1}.", text.Length, WordFilter.LongestPattern]
            : kind is FilterKind.Words && Fold(text).All(sign => !char.IsLetterOrDigit(sign))
                ? T["pattern has no letter or digit; name at least one word."]
                : null;
        if (problem is not null)
            return null;
        try
        {
            var regex = new Regex(kind is FilterKind.Words ? Words(text) : text, Options);
            if (kind is FilterKind.Expression && regex.IsMatch(""))
            {
                problem = T["The expression finds every text, even an empty one; make it name something."];
                return null;
            }
            return new FilterPattern(regex);
        }
        catch (ArgumentException exception)
        {
            problem = T["The expression cannot be read: {0}", exception.Message];
        }
        catch (NotSupportedException)
        {
            problem = T["The expression uses look-around, back-references or repetitions too large to be run safely; write it without them."];
        }
        return null;
    }

    /// <summary>Whether the pattern is found in <paramref name="text"/>, as it stands or with the disguises of letters taken off.</summary>
    public bool Finds(string text) => _regex.IsMatch(text) || _regex.IsMatch(Fold(text));

    /// <summary>The text in compatible letters without accents and invisible signs.</summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.EnclosingMark))
                folded.Append(rune.ToString());
        }
        return folded.ToString();
    }

    // Half a surrogate pair cannot be normalised.
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes());

    private static string Words(string pattern)
    {
        var words = Fold(pattern).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Join("\\w*", word.Split('*').Select(Regex.Escape)));
        return $@"(?:^|\W)(?:{string.Join(@"\W+", words)})(?:\W|$)";
    }
}
