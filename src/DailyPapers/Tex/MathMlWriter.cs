using System.Globalization;
using System.Text;

namespace DailyPapers.Tex;

/// <summary>
/// Writes a formula as MathML Core. Spaces that TeX would set follow from the operator dictionary of browsers, and are
/// given explicitly only where TeX differs from it.
/// </summary>
internal readonly struct MathMlWriter
{
    private const string ApplyFunction = "<mo>\u2061</mo>";
    private const string ThinSpace = "<mspace width=\"0.1667em\"/>";

    private readonly StringBuilder _output;

    private MathMlWriter(StringBuilder output) => _output = output;

    /// <summary>Appends a <c>math</c> element whose annotation holds <paramref name="source"/>.</summary>
    internal static void Write(StringBuilder output, MathNode formula, string source, bool display)
    {
        output.Append("<math display=\"").Append(display ? "block" : "inline").Append("\"><semantics><mrow>");
        var writer = new MathMlWriter(output);
        if (formula is MathRow row)
            writer.WriteAtoms(row.Children, display);
        else
            writer.Write(formula, display);
        output.Append("</mrow><annotation encoding=\"application/x-tex\">");
        HtmlEscape.Append(output, source);
        output.Append("</annotation></semantics></math>");
    }

    private void WriteAtoms(IReadOnlyList<MathNode> atoms, bool display)
    {
        MathClass? previous = null;
        for (var i = 0; i < atoms.Count; i++)
        {
            var atom = atoms[i];
            if (atom is MathSpace)
            {
                Write(atom, display);
                continue;
            }
            var next = NextClass(atoms, i);
            if (IsFunction(atom))
            {
                if (previous is MathClass.Ordinary or MathClass.Close or MathClass.Inner or MathClass.Operator)
                    _output.Append(ThinSpace);
                Write(atom, display);
                if (next is MathClass.Ordinary or MathClass.Operator or MathClass.Open or MathClass.Inner)
                    _output.Append(ApplyFunction);
                if (next is MathClass.Ordinary && i + 1 < atoms.Count && atoms[i + 1] is not MathSpace)
                    _output.Append(ThinSpace);
            }
            else if (atom is MathLeaf { Kind: MathLeafKind.Operator, AtomClass: MathClass.Binary } sign && !JoinsTwo(previous, next))
            {
                WriteSign(sign);
            }
            else
            {
                Write(atom, display);
            }
            previous = atom.Class;
        }
    }

    private static MathClass? NextClass(IReadOnlyList<MathNode> atoms, int index)
    {
        while (++index < atoms.Count)
        {
            if (atoms[index] is not MathSpace)
                return atoms[index].Class;
        }
        return null;
    }

    private static bool IsFunction(MathNode atom) => atom switch
    {
        MathLeaf leaf => leaf is { Kind: MathLeafKind.Function, AtomClass: MathClass.Operator },
        MathScripts scripts => IsFunction(scripts.Base),
        MathStack stack => IsFunction(stack.Base),
        MathReclassified reclassified => reclassified.AtomClass == MathClass.Operator,
        _ => false,
    };

    /// <summary>A plus after nothing, a relation or an opening bracket is a sign, not a sum (The TeXbook, p. 170).</summary>
    private static bool JoinsTwo(MathClass? previous, MathClass? next) =>
        previous is not (null or MathClass.Binary or MathClass.Relation or MathClass.Open or MathClass.Punctuation or MathClass.Operator)
        && next is not (null or MathClass.Relation or MathClass.Close or MathClass.Punctuation);

    private void WriteSign(MathLeaf sign)
    {
        _output.Append(sign.Text is "+" or "−" or "±" or "∓" ? "<mo form=\"prefix\">" : "<mo lspace=\"0\" rspace=\"0\">");
        HtmlEscape.Append(_output, sign.Text);
        _output.Append("</mo>");
    }

    private void Write(MathNode node, bool display)
    {
        switch (node)
        {
            case MathLeaf leaf:
                WriteLeaf(leaf);
                break;
            case MathRow row:
                WriteRow(row, display);
                break;
            case MathScripts scripts:
                WriteScripts(scripts, display);
                break;
            case MathFraction fraction:
                WriteFraction(fraction, display);
                break;
            case MathRoot root:
                WriteRoot(root, display);
                break;
            case MathAccent accent:
                WriteAccent(accent, display);
                break;
            case MathStack stack:
                WriteUnderOver(stack.Base, stack.Under, stack.Over, display, "");
                break;
            case MathFenced fenced:
                WriteFenced(fenced, display);
                break;
            case MathDelimiter delimiter:
                WriteDelimiter(delimiter);
                break;
            case MathSpace space when space.Em > 0:
                _output.Append(CultureInfo.InvariantCulture, $"<mspace width=\"{space.Em:0.####}em\"/>");
                break;
            case MathTable table:
                WriteTable(table);
                break;
            case MathStyle style:
                _output.Append("<mstyle displaystyle=\"").Append(style.Display ? "true" : "false").Append("\">");
                Write(style.Body, style.Display);
                _output.Append("</mstyle>");
                break;
            case MathPhantom phantom:
                _output.Append("<mphantom>");
                Write(phantom.Body, display);
                _output.Append("</mphantom>");
                break;
            case MathReclassified reclassified:
                Write(reclassified.Body, display);
                break;
        }
    }

    /// <summary>Writes exactly one element, as the children of scripts and fractions must be.</summary>
    private void WriteOne(MathNode node, bool display)
    {
        switch (node)
        {
            case MathLeaf leaf when leaf.Kind != MathLeafKind.Operator || leaf.AtomClass != MathClass.Binary:
                WriteLeaf(leaf);
                break;
            case MathRow row:
                WriteRow(row, display);
                break;
            case MathReclassified reclassified:
                WriteOne(reclassified.Body, display);
                break;
            case MathSpace or MathDelimiter:
                // Browsers give a delimiter its size only within a row of its own.
                _output.Append("<mrow>");
                Write(node, display);
                _output.Append("</mrow>");
                break;
            default:
                Write(node, display);
                break;
        }
    }

    private void WriteRow(MathRow row, bool display)
    {
        _output.Append("<mrow>");
        WriteAtoms(row.Children, display);
        _output.Append("</mrow>");
    }

    private void WriteLeaf(MathLeaf leaf)
    {
        switch (leaf.Kind)
        {
            case MathLeafKind.Identifier:
                WriteIdentifier(leaf);
                break;
            case MathLeafKind.Number:
                WriteToken("mn", leaf);
                break;
            case MathLeafKind.Text:
                // XML-like layout trims the ends of token elements, where TeX keeps the space.
                WriteToken("mtext", leaf with { Text = KeepOuterSpaces(leaf.Text) });
                break;
            case MathLeafKind.Function when leaf.AtomClass == MathClass.Binary:
                _output.Append("<mo lspace=\"0.2222em\" rspace=\"0.2222em\">");
                HtmlEscape.Append(_output, leaf.Text);
                _output.Append("</mo>");
                break;
            case MathLeafKind.Function:
                _output.Append(leaf.Text.Length == 1 ? "<mi mathvariant=\"normal\">" : "<mi>");
                HtmlEscape.Append(_output, leaf.Text);
                _output.Append("</mi>");
                break;
            case MathLeafKind.Operator:
                WriteOperator(leaf);
                break;
        }
    }

    private void WriteIdentifier(MathLeaf leaf)
    {
        var italicised = leaf.Text.Length == 1 && MathAlphabet.IsItalicised(leaf.Text[0]);
        var upright = italicised && (leaf.Font == MathFont.Roman || leaf.Font == MathFont.Default && leaf.Upright);
        _output.Append(upright ? "<mi mathvariant=\"normal\">" : "<mi>");
        AppendText(italicised && leaf.Font == MathFont.Italic ? leaf with { Font = MathFont.Default } : leaf);
        _output.Append("</mi>");
    }

    private void WriteToken(string element, MathLeaf leaf)
    {
        _output.Append('<').Append(element).Append('>');
        AppendText(leaf);
        _output.Append("</").Append(element).Append('>');
    }

    private void AppendText(MathLeaf leaf)
    {
        if (leaf.Font is MathFont.Default or MathFont.Roman)
        {
            HtmlEscape.Append(_output, leaf.Text);
            return;
        }
        var mapped = new StringBuilder(leaf.Text.Length * 2);
        MathAlphabet.Append(mapped, leaf.Text, leaf.Font);
        HtmlEscape.Append(_output, mapped.ToString());
    }

    private static string KeepOuterSpaces(string text)
    {
        if (text.Length == 0 || text[0] != ' ' && text[^1] != ' ')
            return text;
        var inner = text.Trim(' ');
        return inner.Length == 0 ? "\u00A0" : $"{(text[0] == ' ' ? "\u00A0" : "")}{inner}{(text[^1] == ' ' ? "\u00A0" : "")}";
    }

    private void WriteOperator(MathLeaf leaf)
    {
        _output.Append((leaf.AtomClass, leaf.Text) switch
        {
            (MathClass.Open, _) => "<mo stretchy=\"false\" form=\"prefix\">",
            (MathClass.Close, _) => "<mo stretchy=\"false\" form=\"postfix\">",
            (MathClass.Ordinary, _) => "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">",
            (MathClass.Relation, ":" or "|") => "<mo stretchy=\"false\" lspace=\"0.2778em\" rspace=\"0.2778em\">",
            (MathClass.Relation, _) => "<mo stretchy=\"false\">",
            (MathClass.Punctuation, ":" or "." or "⋅") => "<mo lspace=\"0\" rspace=\"0.1667em\">",
            _ => "<mo>",
        });
        HtmlEscape.Append(_output, leaf.Text);
        _output.Append("</mo>");
    }

    private void WriteScripts(MathScripts scripts, bool display)
    {
        if (scripts.Limits ?? (scripts.Base.TakesLimits && (display || scripts.Base is MathAccent)))
        {
            WriteUnderOver(scripts.Base, scripts.Sub, scripts.Sup, display, " movablelimits=\"false\"");
            return;
        }
        var element = (scripts.Sub, scripts.Sup) switch
        {
            (not null, not null) => "msubsup",
            (not null, null) => "msub",
            _ => "msup",
        };
        _output.Append('<').Append(element).Append('>');
        WriteOne(scripts.Base, display);
        if (scripts.Sub is not null)
            WriteOne(scripts.Sub, display: false);
        if (scripts.Sup is not null)
            WriteOne(scripts.Sup, display: false);
        _output.Append("</").Append(element).Append('>');
    }

    private void WriteUnderOver(MathNode nucleus, MathNode? under, MathNode? over, bool display, string operatorAttributes)
    {
        var element = (under, over) switch
        {
            (not null, not null) => "munderover",
            (not null, null) => "munder",
            _ => "mover",
        };
        _output.Append('<').Append(element).Append('>');
        if (operatorAttributes.Length > 0 && nucleus is MathLeaf { Kind: MathLeafKind.Operator } leaf)
            _output.Append("<mo").Append(operatorAttributes).Append('>').Append(leaf.Text).Append("</mo>");
        else if (nucleus is MathLeaf { Kind: MathLeafKind.Operator, AtomClass: MathClass.Relation } arrow)
            WriteToken("mo", arrow);
        else
            WriteOne(nucleus, display);
        if (under is not null)
            WriteOne(under, display: false);
        if (over is not null)
            WriteOne(over, display: false);
        _output.Append("</").Append(element).Append('>');
    }

    private void WriteFraction(MathFraction fraction, bool display)
    {
        if (fraction.Kind == MathFractionKind.Slashed)
        {
            _output.Append("<mrow>");
            WriteOne(fraction.Numerator, display: false);
            _output.Append("<mo lspace=\"0\" rspace=\"0\">/</mo>");
            WriteOne(fraction.Denominator, display: false);
            _output.Append("</mrow>");
            return;
        }
        if (fraction.Kind == MathFractionKind.Binomial)
            _output.Append("<mrow><mo form=\"prefix\">(</mo>");
        _output.Append("<mfrac");
        if (fraction.Kind != MathFractionKind.Ruled)
            _output.Append(" linethickness=\"0\"");
        if (fraction.Display is { } forced)
            _output.Append(" displaystyle=\"").Append(forced ? "true" : "false").Append('"');
        _output.Append('>');
        WriteOne(fraction.Numerator, display: false);
        WriteOne(fraction.Denominator, display: false);
        _output.Append("</mfrac>");
        if (fraction.Kind == MathFractionKind.Binomial)
            _output.Append("<mo form=\"postfix\">)</mo></mrow>");
    }

    private void WriteRoot(MathRoot root, bool display)
    {
        _output.Append(root.Index is null ? "<msqrt>" : "<mroot>");
        WriteOne(root.Radicand, display);
        if (root.Index is not null)
            WriteOne(root.Index, display: false);
        _output.Append(root.Index is null ? "</msqrt>" : "</mroot>");
    }

    private void WriteAccent(MathAccent accent, bool display)
    {
        var element = accent.Mark.Under ? "munder" : "mover";
        _output.Append('<').Append(element).Append(accent.Mark.Under ? " accentunder=\"true\">" : " accent=\"true\">");
        WriteOne(accent.Base, display);
        if (accent.Mark.Wide is { } wide && accent.Base is not MathLeaf { Text.Length: 1 })
            _output.Append("<mo stretchy=\"true\">").Append(wide);
        else
            _output.Append("<mo stretchy=\"false\">").Append(accent.Mark.Mark);
        _output.Append("</mo></").Append(element).Append('>');
    }

    private void WriteFenced(MathFenced fenced, bool display)
    {
        _output.Append("<mrow>");
        WriteFence(fenced.Left, "prefix");
        Write(fenced.Body, display);
        WriteFence(fenced.Right, "postfix");
        _output.Append("</mrow>");
    }

    private void WriteFence(string delimiter, string form)
    {
        if (delimiter.Length > 0)
            _output.Append("<mo fence=\"true\" stretchy=\"true\" symmetric=\"true\" form=\"").Append(form).Append("\">").Append(delimiter).Append("</mo>");
    }

    private void WriteDelimiter(MathDelimiter delimiter)
    {
        if (delimiter.Text.Length == 0)
            return;
        _output.Append("<mo stretchy=\"true\" symmetric=\"true\"");
        if (delimiter.Size > 0)
            _output.Append(CultureInfo.InvariantCulture, $" minsize=\"{delimiter.Size:0.#}em\" maxsize=\"{delimiter.Size:0.#}em\"");
        _output.Append(delimiter.AtomClass switch
        {
            MathClass.Open => " form=\"prefix\">",
            MathClass.Close => " form=\"postfix\">",
            MathClass.Relation => " lspace=\"0.2778em\" rspace=\"0.2778em\">",
            _ => " lspace=\"0\" rspace=\"0\">",
        });
        _output.Append(delimiter.Text).Append("</mo>");
    }

    private void WriteTable(MathTable table)
    {
        var display = table.Kind == MathTableKind.Aligned;
        _output.Append("<mrow>");
        WriteFence(table.Left, "prefix");
        _output.Append(display ? "<mtable displaystyle=\"true\" class=\"tex-aligned\">" : "<mtable>");
        foreach (var row in table.Rows)
        {
            _output.Append("<mtr>");
            for (var column = 0; column < row.Count; column++)
            {
                // MathML Core leaves alignment to CSS: the style sheet gives tex-left and tex-right a text-align, tex-aligned no gaps.
                _output.Append(Alignment(table, column) switch
                {
                    'l' => "<mtd class=\"tex-left\">",
                    'r' => "<mtd class=\"tex-right\">",
                    _ => "<mtd>",
                });
                Write(row[column], display);
                _output.Append("</mtd>");
            }
            _output.Append("</mtr>");
        }
        _output.Append("</mtable>");
        WriteFence(table.Right, "postfix");
        _output.Append("</mrow>");
    }

    private static char Alignment(MathTable table, int column)
    {
        switch (table.Kind)
        {
            case MathTableKind.Cases:
                return 'l';
            case MathTableKind.Aligned:
                return column % 2 == 0 ? 'r' : 'l';
        }
        foreach (var c in table.ColumnAlignment)
        {
            if (c is 'l' or 'c' or 'r' && column-- == 0)
                return c;
        }
        return 'c';
    }
}
