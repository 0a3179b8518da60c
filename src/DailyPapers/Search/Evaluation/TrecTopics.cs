using System.Text;

namespace DailyPapers.Search.Evaluation;

/// <summary>
/// TREC topics: one query a line as <c>id TAB text</c>, or the classic form of <c>&lt;top&gt;</c> blocks, of which number and title are
/// read (description and narrative tell the judges what is meant, not the systems).
/// </summary>
public static class TrecTopics
{
    private const string NumberLabel = "Number:";
    private const string TopicLabel = "Topic:";

    /// <summary>Reads topics of either form, gzipped or not.</summary>
    /// <exception cref="EvaluationFormatException">A line is of neither form, or an id comes twice.</exception>
    public static IReadOnlyList<JudgedQuery> Read(string file)
    {
        var topics = new List<JudgedQuery>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        Block? block = null;
        foreach (var (number, raw) in TextLines.Of(file))
        {
            var line = raw.Trim();
            if (IsTag(line, "<top>"))
                block = block is null ? new Block(number) : throw new EvaluationFormatException(file, number, $"The topic begun in line {block.Line} has no </top>.");
            else if (block is not null && IsTag(line, "</top>"))
            {
                Add(file, number, block.Id.ToString().Trim(), block.Title.ToString().Trim(), topics, ids);
                block = null;
            }
            else if (block is not null)
                block.Read(line);
            else
                AddLine(file, number, raw, topics, ids);
        }
        if (block is not null)
            throw new EvaluationFormatException(file, block.Line, "This topic has no </top>.");
        return topics.Count > 0 ? topics : throw new EvaluationFormatException(file, 0, "There is no topic in this file.");
    }

    private static void AddLine(string file, long number, string line, List<JudgedQuery> topics, HashSet<string> ids)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        if (tab < 0)
            throw new EvaluationFormatException(file, number, "A topic is 'id TAB text' or stands between <top> and </top>; this line has no tab.");
        Add(file, number, line[..tab].Trim(), line[(tab + 1)..].Trim(), topics, ids);
    }

    private static void Add(string file, long number, string id, string text, List<JudgedQuery> topics, HashSet<string> ids)
    {
        if (id.Length == 0 || text.Length == 0)
            throw new EvaluationFormatException(file, number, id.Length == 0 ? "The topic has no number." : $"The topic '{id}' has no title.");
        if (!ids.Add(id))
            throw new EvaluationFormatException(file, number, $"The topic '{id}' comes a second time; ids must be different.");
        topics.Add(new JudgedQuery(id, text));
    }

    private static bool IsTag(string line, string tag) => line.Equals(tag, StringComparison.OrdinalIgnoreCase);

    // The old form has no closing tags: a field ends where the next one begins.
    private sealed class Block(long line)
    {
        private StringBuilder? _open;

        public long Line => line;

        public StringBuilder Id { get; } = new();

        public StringBuilder Title { get; } = new();

        public void Read(string text)
        {
            if (text.StartsWith('<'))
            {
                var end = text.IndexOf('>', StringComparison.Ordinal);
                _open = (end > 0 ? text[1..end].ToLowerInvariant() : "") switch { "num" => Id, "title" => Title, _ => null };
                text = end > 0 ? text[(end + 1)..] : "";
            }
            if (_open is null)
                return;
            var closing = text.IndexOf("</", StringComparison.Ordinal);
            _open.Append(WithoutLabel(closing >= 0 ? text[..closing] : text)).Append(' ');
            if (closing >= 0)
                _open = null;
        }

        private string WithoutLabel(string text)
        {
            var trimmed = text.Trim();
            var label = _open == Id ? NumberLabel : TopicLabel;
            return trimmed.StartsWith(label, StringComparison.OrdinalIgnoreCase) ? trimmed[label.Length..].Trim() : trimmed;
        }
    }
}
