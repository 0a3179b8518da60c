using DailyPapers.Tex;

namespace DailyPapers.Cli.Output;

/// <summary>Text of papers as a terminal can show it.</summary>
internal static class PlainText
{
    public static string Of(string text) => TexText.ParseAbstract(text).ToPlainText();
}
