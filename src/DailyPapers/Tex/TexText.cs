namespace DailyPapers.Tex;

/// <summary>
/// A title or an abstract with TeX markup, parsed once and rendered as HTML with MathML or as plain Unicode text.
/// </summary>
/// <remarks>
/// The source is untrusted. Parsing and rendering never throw, take time linear in its length, and give output of at most a constant
/// times its length; nothing of it reaches the HTML unescaped, and only https addresses become links.
/// Formulas that use commands outside of the supported subset are shown as source.
/// </remarks>
public sealed class TexText
{
    private readonly List<TexToken> _tokens;
    private readonly bool _inline;

    private TexText(List<TexToken> tokens, bool inline)
    {
        _tokens = tokens;
        _inline = inline;
    }

    /// <summary>Parses one line for use inside headings and links: no paragraphs, and no links of its own.</summary>
    public static TexText ParseTitle(string source) => Parse(source, inline: true);

    /// <summary>Parses running text: blank lines part paragraphs, and addresses become links.</summary>
    public static TexText ParseAbstract(string source) => Parse(source, inline: false);

    /// <summary>Number of formulas, both delimited ones and those found in running text.</summary>
    public int FormulaCount => _tokens.Count(token => token.Kind == TexTokenKind.Formula);

    /// <summary>Sources of the formulas that are shown as source, in order of appearance.</summary>
    public IReadOnlyList<string> UnconvertedFormulas =>
        [.. _tokens.Where(token => token is { Kind: TexTokenKind.Formula, Formula: null }).Select(token => token.Text)];

    /// <summary>
    /// The HTML of a title's content, or of an abstract's paragraphs as <c>p</c> elements. It is also well-formed XML.
    /// </summary>
    /// <remarks>
    /// Uses the elements p, br, em, strong, code, sup, sub, a and MathML. Cells of tables carry the classes <c>tex-left</c> and
    /// <c>tex-right</c>, tables of aligned equations <c>tex-aligned</c> (cells without padding), unconverted TeX is in <c>code</c> elements of class <c>tex</c>.
    /// </remarks>
    public string ToHtml() => TexHtmlWriter.Write(_tokens, _inline);

    /// <summary>
    /// Plain text for mail, feeds, page titles, the search index and terminals. Paragraphs of an abstract are parted by a blank line;
    /// there are no other control characters.
    /// </summary>
    public string ToPlainText() => TexPlainTextWriter.Write(_tokens);

    private static TexText Parse(string source, bool inline)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new TexText(TexTextParser.Parse(SourceText.Clean(source), inline), inline);
    }
}
