using System.Text.RegularExpressions;
using DailyPapers.Papers;

namespace DailyPapers.Sources.Arxiv;

/// <summary>Fields that all of arXiv's formats share.</summary>
internal static partial class ArxivFields
{
    public static ArxivId Id(string? text) => ArxivId.TryParse(text, out var id)
        ? id
        : throw new FieldProblemException("id", $"is '{FieldText.Line(text)}'; an arXiv identifier like 2001.04438v2 was expected");

    /// <summary>Categories without repetition. Other schemes such as MSC classes come as categories too in some formats; they are left out.</summary>
    public static IReadOnlyList<string> Categories(IEnumerable<string?> terms) =>
        [.. terms.Select(FieldText.Line).OfType<string>().Where(term => CategoryPattern().IsMatch(term)).Distinct()];

    /// <summary>The number of a version named <c>v2</c>.</summary>
    public static int Version(string field, string? text) =>
        text is ['v', .. var digits] && int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is > 0 and < 10_000
            ? number
            : throw new FieldProblemException(field, $"is '{FieldText.Line(text)}'; a version like v2 was expected");

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)?(\.[A-Za-z]+(-[A-Za-z]+)*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex CategoryPattern();
}
