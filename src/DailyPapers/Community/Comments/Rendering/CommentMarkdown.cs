using System.Text;
using DailyPapers.Tex;
using DailyPapers.Tex.InMarkdown;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Mathematics;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DailyPapers.Community.Comments.Rendering;

/// <summary>The Markdown of comments: CommonMark without raw HTML, with strikethrough, bare addresses, TeX formulas and mentions.</summary>
internal static class CommentMarkdown
{
    // Markdig's time grows with the square of the depth; nobody quotes or lists this deep.
    private const int DeepestContainers = 50;

    public static MarkdownPipeline Pipeline { get; } = Build();

    /// <summary>The text's structure; null when quotes, lists and other elements are nested too deeply to be meant.</summary>
    public static MarkdownDocument? TryParse(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (ContainersAt(line) > DeepestContainers)
                return null;
        }
        try
        {
            return Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The different handles that the text calls, in their order. Those in code are part of the code.</summary>
    public static IReadOnlyList<string> MentionsIn(string text) => Mentions.In(text).Count == 0
        ? []
        : TryParse(text)?.Descendants<MentionInline>().Select(mention => mention.Written.ToLowerInvariant()).Distinct().ToList() ?? [];

    /// <summary>What the text says, without markup, formulas in Unicode; for mails and lists.</summary>
    public static string PlainText(string text)
    {
        if (TryParse(text) is not { } document)
            return text;
        var plain = new StringBuilder(text.Length);
        foreach (var part in document.Descendants())
        {
            _ = part switch
            {
                MathBlock formula => plain.Append(' ').Append(Formula(formula.Lines.ToString())).Append(' '),
                CodeBlock code => plain.Append(' ').Append(code.Lines.ToString()).Append(' '),
                LeafBlock => plain.Append(' '),
                LiteralInline literal => plain.Append(literal.Content.AsSpan()),
                CodeInline code => plain.Append(code.Content),
                FormulaInline formula => plain.Append(Formula(formula.Source)),
                MentionInline mention => plain.Append('@').Append(mention.Written),
                AutolinkInline link => plain.Append(link.Url),
                HtmlEntityInline entity => plain.Append(entity.Transcoded.AsSpan()),
                DelimiterInline delimiter => plain.Append(delimiter.ToLiteral()),
                LineBreakInline => plain.Append(' '),
                _ => plain,
            };
        }
        return plain.ToString().Trim();
    }

    // The signs of quotes and lists that a line begins with.
    private static int ContainersAt(ReadOnlySpan<char> line)
    {
        var containers = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is '>' or '-' or '+' or '*' or '.' or ')')
                containers++;
            else if (line[i] is not (' ' or '\t') && !char.IsAsciiDigit(line[i]))
                break;
        }
        // A rule, or a line of dots, is long and no nest.
        var isRule = line.TrimStart() is [var sign and ('-' or '*' or '.'), ..] && !line.ContainsAnyExcept(sign, ' ');
        return isRule ? 0 : containers;
    }

    private static string Formula(string source) => TexText.ParseTitle($"${source.Trim()}$").ToPlainText();

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseAutoLinks();
        builder.BlockParsers.Insert(0, new MathBlockParser());
        // Before escapes, which would take \( for a bracket.
        builder.InlineParsers.InsertBefore<EscapeInlineParser>(new FormulaParser());
        builder.InlineParsers.Add(new MentionParser());
        return builder.Build();
    }
}
