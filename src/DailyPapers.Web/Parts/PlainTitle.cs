using DailyPapers.Papers;
using DailyPapers.Tex;

namespace DailyPapers.Web.Parts;

/// <summary>A paper's title where only text can stand, such as a browser's tab.</summary>
internal static class PlainTitle
{
    public static string Of(Paper paper) => TexText.ParseTitle(paper.Title).ToPlainText();
}
