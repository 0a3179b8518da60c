namespace DailyPapers.Tex;

/// <summary>TeX's atom classes, which decide the space between neighbours (The TeXbook, chapter 18).</summary>
internal enum MathClass
{
    Ordinary,
    Operator,
    Binary,
    Relation,
    Open,
    Close,
    Punctuation,
    Inner,
}

/// <summary>What a leaf is written as.</summary>
internal enum MathLeafKind
{
    Identifier,
    Number,
    Operator,

    /// <summary>An upright name such as <c>log</c>.</summary>
    Function,
    Text,
}

/// <summary>A parsed formula. Depth is bounded by the parser, so writers may recurse.</summary>
internal abstract record MathNode
{
    /// <summary>The class its neighbours space themselves by.</summary>
    internal virtual MathClass Class => MathClass.Ordinary;

    /// <summary>True where limits go above and below in display style.</summary>
    internal virtual bool TakesLimits => false;
}

/// <summary>
/// One token, as characters before the font is applied. Upright are symbols that the default font does not slant, such as capital Greek.
/// </summary>
internal sealed record MathLeaf(
    string Text, MathLeafKind Kind, MathClass AtomClass = MathClass.Ordinary, MathFont Font = MathFont.Default, bool Upright = false, bool Limits = false)
    : MathNode
{
    internal override MathClass Class => AtomClass;

    internal override bool TakesLimits => Limits;
}

internal sealed record MathRow(IReadOnlyList<MathNode> Children) : MathNode
{
    internal static readonly MathRow Empty = new([]);
}

/// <summary>A base with scripts; <c>\limits</c> and <c>\nolimits</c> force where they go.</summary>
internal sealed record MathScripts(MathNode Base, MathNode? Sub, MathNode? Sup, bool? Limits) : MathNode
{
    internal override MathClass Class => Base.Class;
}

internal enum MathFractionKind
{
    Ruled,

    /// <summary>Stacked without a rule (<c>\atop</c>, <c>\substack</c>).</summary>
    Stacked,
    Binomial,

    /// <summary>On one line with a slash (<c>\nicefrac</c>).</summary>
    Slashed,
}

/// <summary>A fraction, possibly in forced display style (<c>\dfrac</c>) or text style (<c>\tfrac</c>).</summary>
internal sealed record MathFraction(MathNode Numerator, MathNode Denominator, MathFractionKind Kind, bool? Display) : MathNode
{
    internal override MathClass Class => Kind == MathFractionKind.Slashed ? MathClass.Ordinary : MathClass.Inner;
}

internal sealed record MathRoot(MathNode Radicand, MathNode? Index) : MathNode;

/// <summary>
/// What an accent draws over or under its base: a spacing character for MathML, the one that math fonts can stretch over a wide base
/// (null where the accent keeps its size), and a combining one for text where there is one.
/// </summary>
internal sealed record MathAccentMark(string Mark, char? Combining, string? Wide = null, bool Under = false);

internal sealed record MathAccent(MathNode Base, MathAccentMark Mark) : MathNode
{
    // Braces carry their label as a limit: \underbrace{..}_{n}.
    internal override bool TakesLimits => Mark.Combining is null;
}

/// <summary>Something set above or below a base: <c>\overset</c>, <c>\stackrel</c>, <c>\xrightarrow</c>.</summary>
internal sealed record MathStack(MathNode Base, MathNode? Over, MathNode? Under) : MathNode
{
    internal override MathClass Class => Base.Class;
}

/// <summary><c>\left … \right</c>; an empty delimiter is a dot in the source.</summary>
internal sealed record MathFenced(string Left, MathNode Body, string Right) : MathNode
{
    internal override MathClass Class => MathClass.Inner;
}

/// <summary>A delimiter of a given height in em; 0 stretches to the enclosing fence (<c>\middle</c>).</summary>
internal sealed record MathDelimiter(string Text, double Size, MathClass AtomClass) : MathNode
{
    internal override MathClass Class => AtomClass;
}

internal sealed record MathSpace(double Em) : MathNode;

internal enum MathTableKind
{
    Matrix,
    Cases,

    /// <summary>Alternating right and left columns in display style.</summary>
    Aligned,
}

internal sealed record MathTable(
    IReadOnlyList<IReadOnlyList<MathNode>> Rows, MathTableKind Kind, string Left, string Right, string ColumnAlignment) : MathNode
{
    internal override MathClass Class => MathClass.Inner;
}

internal sealed record MathStyle(MathNode Body, bool Display) : MathNode;

internal sealed record MathPhantom(MathNode Body) : MathNode;

/// <summary><c>\mathrel{..}</c> and its kin: a body that spaces itself as another class.</summary>
internal sealed record MathReclassified(MathNode Body, MathClass AtomClass, bool Limits) : MathNode
{
    internal override MathClass Class => AtomClass;

    internal override bool TakesLimits => Limits;
}
