namespace DailyPapers.Digests.Mail;

/// <summary>A paper of a digest as text.</summary>
internal static class DigestItemText
{
    /// <summary>Writes it after <paramref name="lead"/>, its further lines indented as far.</summary>
    public static void Write(TextLayout text, DigestItem item, string lead)
    {
        var indent = new string(' ', lead.Length);
        text.Paragraph(item.Title, lead);
        if (item.Authors.Length > 0)
            text.Paragraph(item.Authors, indent);
        if (item.Summary is not null)
            text.Line().Paragraph(item.Summary, indent);
        text.Line();
        var facts = string.Join(" · ", new[] { item.Topic, item.Verdict, item.Votes }.OfType<string>());
        if (facts.Length > 0)
            text.Paragraph(facts, indent);
        text.Line($"{indent}{T["Paper page"]}: {item.Url}");
        foreach (var link in item.Links)
            text.Line($"{indent}{link.Name}: {link.Url}");
        text.Line();
    }
}
