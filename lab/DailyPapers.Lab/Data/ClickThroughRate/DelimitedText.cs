using System.Text;

namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>A line's cells, separated by a character; a cell in double quotes may hold it, and a doubled quote in it is one (RFC 4180).</summary>
internal static class DelimitedText
{
    public static List<string> Split(TextLine line, char separator)
    {
        var cells = new List<string>();
        var text = line.Text;
        var at = 0;
        while (true)
        {
            if (at < text.Length && text[at] == '"')
            {
                cells.Add(Quoted(line, ref at));
                if (at < text.Length && text[at] != separator)
                    throw line.Error($"expected the separator after the quoted cell {cells.Count}, got '{text[at]}'");
            }
            else
            {
                var end = text.IndexOf(separator, at);
                end = end < 0 ? text.Length : end;
                cells.Add(text[at..end]);
                at = end;
            }
            if (at >= text.Length)
                return cells;
            at++;
        }
    }

    private static string Quoted(TextLine line, ref int at)
    {
        var text = line.Text;
        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                cell.Append(text[at]);
                continue;
            }
            at++;
            if (at >= text.Length || text[at] != '"')
                return cell.ToString();
            cell.Append('"');
        }
        throw line.Error("a quoted cell has no end; cells with line breaks are not read");
    }
}
