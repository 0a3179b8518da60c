using System.Text;

namespace DailyPapers.Tex;

/// <summary>Runs of blanks count as one, in TeX as in HTML.</summary>
internal static class WhiteSpace
{
    internal static string Collapse(string text)
    {
        if (!text.Contains("  ", StringComparison.Ordinal))
            return text;
        var collapsed = new StringBuilder(text.Length);
        var previous = '\0';
        foreach (var c in text)
        {
            if (c != ' ' || previous != ' ')
                collapsed.Append(c);
            previous = c;
        }
        return collapsed.ToString();
    }
}
