using System.Globalization;
using System.Text;

namespace DailyPapers.Digests.Mail;

/// <summary>Sets plain text in lines of at most 76 columns; URLs stay whole, on a line of their own if need be.</summary>
internal sealed class TextLayout
{
    private const int Columns = 76;
    private readonly StringBuilder _text = new();

    /// <summary>Adds a paragraph, its first line after <paramref name="lead"/>, the further ones indented as deep.</summary>
    public TextLayout Paragraph(string text, string lead = "")
    {
        var indent = new string(' ', lead.Length);
        var line = new StringBuilder(lead);
        var width = lead.Length;
        var empty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, Columns - lead.Length)))
        {
            var wordWidth = Width(word);
            if (!empty && width + 1 + wordWidth > Columns)
            {
                Line(line.ToString());
                line.Clear().Append(indent);
                (width, empty) = (indent.Length, true);
            }
            if (!empty)
            {
                line.Append(' ');
                width++;
            }
            line.Append(word);
            width += wordWidth;
            empty = false;
        }
        return Line(line.ToString());
    }

    /// <summary>Adds a line as it is.</summary>
    public TextLayout Line(string line = "")
    {
        _text.Append(line.TrimEnd()).Append('\n');
        return this;
    }

    /// <summary>The text, lines ended by <c>\n</c>.</summary>
    public override string ToString() => _text.ToString();

    private static List<string> Pieces(string word, int columns)
    {
        if (Width(word) <= columns || word.StartsWith("http://", StringComparison.Ordinal) || word.StartsWith("https://", StringComparison.Ordinal))
            return [word];
        var pieces = new List<string>();
        var piece = new StringBuilder();
        var width = 0;
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (width + Width(element) > columns)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
                width = 0;
            }
            piece.Append(element);
            width += Width(element);
        }
        pieces.Add(piece.ToString());
        return pieces;
    }

    internal static int Width(string text) => text.EnumerateRunes().Sum(rune => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    });

    // The blocks that are mostly East Asian Wide (UAX 11), and emoji.
    private static bool IsWide(int code) => code is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
