using System.Globalization;
using System.Text;
using DailyPapers.Community.Accounts;
using DailyPapers.Tex;
using DailyPapers.Tex.InMarkdown;
using Ganss.Xss;
using Markdig.Renderers;
using Microsoft.Extensions.Caching.Memory;

namespace DailyPapers.Community.Comments.Rendering;

/// <summary>
/// A comment's Markdown as HTML: CommonMark without raw HTML and images, TeX formulas as MathML, handles of accounts as links.
/// </summary>
/// <remarks>
/// The text is untrusted. Markdig writes HTML in which only what it understood is markup; a sanitiser that knows nothing of
/// the first step then lets pass a short list of elements. Formulas are put in after it, by the writer that titles and abstracts
/// use: no MathML of a user ever reaches a parser, where foreign elements have hidden scripts before.
/// </remarks>
public sealed class CommentHtml : IDisposable
{
    // Private-use characters around a formula's number; a text's own ones are removed first.
    private const char FormulaStart = '\uE000';
    private const char FormulaEnd = '\uE001';

    private readonly HtmlSanitizer _sanitizer = Sanitizer();
    private readonly MemoryCache _rendered = new(new MemoryCacheOptions { SizeLimit = 8 * 1024 * 1024 });

    /// <summary>The HTML of a text.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="handles">The handles in it that somebody has; others stay text.</param>
    public string Render(string markdown, IReadOnlySet<string> handles)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var known = Mentions.In(markdown).Where(handles.Contains).ToList();
        var key = (markdown, string.Join(' ', known));
        return _rendered.GetOrCreate(key, entry =>
        {
            var html = RenderNew(markdown, known);
            entry.Size = (markdown.Length + html.Length) * sizeof(char);
            return html;
        })!;
    }

    /// <inheritdoc/>
    public void Dispose() => _rendered.Dispose();

    private string RenderNew(string markdown, List<string> handles)
    {
        var text = markdown.Replace(FormulaStart.ToString(), "", StringComparison.Ordinal).Replace(FormulaEnd.ToString(), "", StringComparison.Ordinal);
        if (CommentMarkdown.TryParse(text) is not { } document)
            return "<p>" + Escaped(text) + "</p>";
        var formulas = new List<string>();
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        CommentMarkdown.Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Insert(0, new FormulaRenderer(AddFormula));
        renderer.ObjectRenderers.Insert(0, new FormulaBlockRenderer(AddFormula));
        renderer.ObjectRenderers.Insert(0, new MentionRenderer(handles));
        renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Renderers.Html.HeadingRenderer>(new HeadingRenderer());
        try
        {
            renderer.Render(UserLinks.Prepare(document));
        }
        catch (ArgumentException)
        {
            // Markdig renders elements within elements only so deep: then the text is shown as it was written.
            return "<p>" + Escaped(text) + "</p>";
        }
        return PutIn(_sanitizer.Sanitize(writer.ToString()), formulas);

        string AddFormula(string source, bool display)
        {
            formulas.Add(FormulaHtml.Of(source, display));
            return string.Create(CultureInfo.InvariantCulture, $"{FormulaStart}{formulas.Count - 1}{FormulaEnd}");
        }
    }

    private static string PutIn(string html, List<string> formulas)
    {
        if (formulas.Count == 0)
            return html;
        var whole = new StringBuilder(html.Length * 2);
        for (var at = 0; at < html.Length;)
        {
            var start = html.IndexOf(FormulaStart, at);
            var end = start < 0 ? -1 : html.IndexOf(FormulaEnd, start);
            if (end < 0)
                return whole.Append(html, at, html.Length - at).ToString();
            whole.Append(html, at, start - at).Append(formulas[int.Parse(html.AsSpan(start + 1, end - start - 1), CultureInfo.InvariantCulture)]);
            at = end + 1;
        }
        return whole.ToString();
    }

    private static bool IsElsewhere(string? address) =>
        address is not null && (address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase));

    private static bool IsPerson(string? address) =>
        address is not null && address.StartsWith(MentionRenderer.People, StringComparison.Ordinal) && Handles.IsWellFormed(address.AsSpan(MentionRenderer.People.Length));

    private static string Escaped(string text)
    {
        var html = new StringBuilder(text.Length);
        HtmlEscape.Append(html, text);
        return html.ToString();
    }

    private static HtmlSanitizer Sanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr" },
            AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "rel", "start" },
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
        });
        sanitizer.AllowedAtRules.Clear();
        // A relative address would lead to wherever this site has something; a comment has no business there.
        sanitizer.FilterUrl += (_, link) => link.SanitizedUrl = IsElsewhere(link.SanitizedUrl) || IsPerson(link.SanitizedUrl) ? link.SanitizedUrl : null;
        return sanitizer;
    }
}
