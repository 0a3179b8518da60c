using DailyPapers.Tex;

namespace DailyPapers.Search.Text;

/// <summary>The plain text that is indexed, shown and marked of a title, summary or abstract: mathematics as Unicode.</summary>
internal static class PlainText
{
    public static string OfTitle(string tex) => TexText.ParseTitle(tex).ToPlainText();

    public static string OfProse(string tex) => TexText.ParseAbstract(tex).ToPlainText();
}
