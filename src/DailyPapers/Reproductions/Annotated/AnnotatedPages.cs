using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DailyPapers.Lab.Contract;
using DailyPapers.Tex.InMarkdown;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DailyPapers.Reproductions.Annotated;

/// <summary>The annotated pages that come with the product, <c>README.md</c> beside each paper's code.</summary>
/// <remarks>They are ours, but written in Markdown without raw HTML all the same: what is no markup is escaped.</remarks>
public sealed partial class AnnotatedPages
{
    private static readonly MarkdownPipeline _pipeline = Pipeline();

    private readonly ConcurrentDictionary<(string Slug, string Figures), AnnotatedPage?> _rendered = new();

    /// <summary>A paper's page, or null when none comes with the product.</summary>
    /// <param name="slug">The lab's name of the paper.</param>
    /// <param name="figures">Where the figures are: an address on this site that ends in a slash.</param>
    public AnnotatedPage? Find(string slug, string figures) =>
        _rendered.GetOrAdd((slug, figures), key => Source(key.Slug) is { } markdown ? Render(markdown, key.Figures) : null);

    internal static AnnotatedPage Render(string markdown, string figures)
    {
        var document = Markdown.Parse(WithExcerpts(markdown), _pipeline);
        var title = document.OfType<HeadingBlock>().FirstOrDefault(heading => heading.Level == 1);
        if (title is not null)
            document.Remove(title);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            Prepare(link, figures);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        _pipeline.Setup(renderer);
        renderer.ObjectRenderers.Insert(0, new FormulaRenderer(FormulaHtml.Of));
        renderer.ObjectRenderers.Insert(0, new FormulaBlockRenderer(FormulaHtml.Of));
        renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Renderers.Html.CodeBlockRenderer>(new ScrollableCodeRenderer());
        renderer.Render(document);
        return new AnnotatedPage(Text(title), writer.ToString());
    }

    /// <summary>The Markdown with its excerpts put in, as code blocks.</summary>
    internal static string WithExcerpts(string markdown) => ExcerptMark().Replace(markdown.ReplaceLineEndings("\n"), mark =>
    {
        var path = mark.Groups["path"].Value;
        return $"````{Path.GetExtension(path).TrimStart('.')}\n{QuotedSource.Excerpt(path, mark.Groups["marker"].Value)}\n````";
    });

    private static void Prepare(LinkInline link, string figures)
    {
        var address = link.Url ?? "";
        if (link.IsImage && !address.Contains('/', StringComparison.Ordinal))
            link.Url = figures + Uri.EscapeDataString(address);
        else if (!address.StartsWith("https://", StringComparison.Ordinal) && !address.StartsWith('#'))
        {
            // A path into the source leads nowhere on a site: its text stays.
            while (link.FirstChild is { } child)
            {
                child.Remove();
                link.InsertBefore(child);
            }
            link.Remove();
        }
    }

    private static string Text(HeadingBlock? heading)
    {
        var text = new StringBuilder();
        foreach (var literal in heading?.Inline?.Descendants<LiteralInline>() ?? [])
            text.Append(literal.Content.AsSpan());
        return text.ToString();
    }

    private static string? Source(string slug) => EmbeddedText.Find($"reproductions/{ReproductionDeclaration.FolderOf(slug)}/README.md");

    private static MarkdownPipeline Pipeline()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks();
        builder.BlockParsers.Insert(0, new MathBlockParser());
        // Before escapes, which would take \( for a bracket.
        builder.InlineParsers.InsertBefore<EscapeInlineParser>(new FormulaParser());
        return builder.Build();
    }

    [GeneratedRegex(@"^<!-- excerpt: (?<path>[^#\s]+)#(?<marker>[^\s]+) -->$", RegexOptions.Multiline)]
    private static partial Regex ExcerptMark();
}
