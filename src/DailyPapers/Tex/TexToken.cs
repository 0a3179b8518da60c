namespace DailyPapers.Tex;

/// <summary>How a stretch of text is set.</summary>
internal enum TexStyle
{
    Plain,
    Emphasis,
    Strong,
    Code,
    Superscript,
    Subscript,
    Link,
    Note,
}

internal enum TexTokenKind
{
    Text,
    Formula,

    /// <summary>TeX that is shown as it was written.</summary>
    Source,
    Open,
    Close,
    LineBreak,
    Paragraph,
}

/// <summary>One step of a text; its characters are text, the source of a formula or of an unknown command, or the address of a link.</summary>
internal readonly record struct TexToken(TexTokenKind Kind, string Text = "", TexStyle Style = TexStyle.Plain, MathNode? Formula = null, bool Display = false);
