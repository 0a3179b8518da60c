using System.Text;

namespace DailyPapers.Tex;

/// <summary>Writes a formula as one line of Unicode text: <c>O(n²)</c>, <c>x ∈ ℝᵈ</c>, <c>√(a + b)</c>.</summary>
internal sealed class MathTextWriter
{
    private readonly StringBuilder _output;

    /// <summary>Scripts are set without spaces around operators.</summary>
    private readonly bool _tight;

    /// <summary>The next letter would read as part of what was written last: after <c>a/b</c>, or after <c>x_new</c>.</summary>
    private bool _runsOn;

    private MathTextWriter(StringBuilder output, bool tight)
    {
        _output = output;
        _tight = tight;
    }

    internal static void Write(StringBuilder output, MathNode formula) => output.Append(Render(formula, tight: false));

    private static string Render(MathNode node, bool tight)
    {
        var text = new StringBuilder();
        new MathTextWriter(text, tight).Write(node);
        return text.ToString().Trim();
    }

    private void WriteAtoms(IReadOnlyList<MathNode> atoms)
    {
        MathNode? previous = null;
        for (var i = 0; i < atoms.Count; i++)
        {
            var atom = atoms[i];
            if (atom is MathSpace space)
            {
                if (space.Em > 0.1)
                    AppendSpace();
                continue;
            }
            if (atom is MathRow { Children.Count: 0 })
                continue;
            var joins = atom.Class != MathClass.Binary || previous is not null && JoinsTwo(previous.Class);
            if (previous is not null && NeedsSpace(previous, atom, joins))
                AppendSpace();
            Write(atom);
            // A sign clings to what it signs.
            previous = joins ? atom : null;
        }
    }

    private static bool JoinsTwo(MathClass previous) =>
        previous is MathClass.Ordinary or MathClass.Close or MathClass.Inner;

    private bool NeedsSpace(MathNode previous, MathNode atom, bool joins)
    {
        if (!_tight)
        {
            if (previous.Class is MathClass.Relation or MathClass.Punctuation || atom.Class == MathClass.Relation)
                return atom.Class != MathClass.Punctuation;
            if (previous.Class == MathClass.Binary || atom.Class == MathClass.Binary && joins)
                return true;
        }
        if (atom.Class == MathClass.Operator && previous.Class is MathClass.Ordinary or MathClass.Close or MathClass.Inner or MathClass.Operator)
            return true;
        if (previous.Class == MathClass.Operator && atom.Class is MathClass.Ordinary or MathClass.Inner)
            return atom is not MathFenced && !(IsSymbol(previous) && previous is MathLeaf);
        return atom.Class is MathClass.Ordinary or MathClass.Inner && atom is not MathFenced && _runsOn;
    }

    private static bool IsSymbol(MathNode node) => node is MathLeaf { Kind: MathLeafKind.Operator };

    private void AppendSpace()
    {
        if (_output.Length > 0 && _output[^1] != ' ')
            _output.Append(' ');
    }

    private void Write(MathNode node)
    {
        _runsOn = false;
        switch (node)
        {
            case MathLeaf leaf:
                WriteLeaf(leaf);
                break;
            case MathRow row:
                WriteAtoms(row.Children);
                break;
            case MathScripts scripts:
                WriteScripts(scripts);
                break;
            case MathFraction fraction:
                WriteFraction(fraction);
                break;
            case MathRoot root:
                WriteRoot(root);
                break;
            case MathAccent accent:
                WriteAccent(accent);
                break;
            case MathStack stack:
                Write(stack.Base);
                _runsOn = false;
                WriteScript(stack.Over, '^', UnicodeScripts.Raise);
                WriteScript(stack.Under, '_', UnicodeScripts.Lower);
                break;
            case MathFenced fenced:
                _output.Append(fenced.Left).Append(Render(fenced.Body, _tight)).Append(fenced.Right);
                break;
            case MathDelimiter delimiter:
                _output.Append(delimiter.Text);
                break;
            case MathTable table:
                WriteTable(table);
                break;
            case MathStyle style:
                Write(style.Body);
                break;
            case MathReclassified reclassified:
                Write(reclassified.Body);
                break;
        }
    }

    private void WriteLeaf(MathLeaf leaf)
    {
        // Of the alphabets only the double-struck one carries meaning that plain letters lose, and readers search for plain ones.
        if (leaf.Font == MathFont.Blackboard)
            MathAlphabet.Append(_output, leaf.Text, leaf.Font);
        else
            _output.Append(WithCommonLetters(leaf.Text));
    }

    /// <summary>TeX's default shapes of epsilon and phi have code points of their own, which nobody types when searching.</summary>
    private static string WithCommonLetters(string text) => text switch
    {
        "ϵ" => "ε",
        "ϕ" => "φ",
        _ => text,
    };

    private void WriteScripts(MathScripts scripts)
    {
        WriteOperand(scripts.Base);
        if (scripts.Sub is not null && scripts.Sup is not null && IsPrime(scripts.Sup))
        {
            WriteScript(scripts.Sup, '^', UnicodeScripts.Raise);
            WriteScript(scripts.Sub, '_', UnicodeScripts.Lower);
            return;
        }
        WriteScript(scripts.Sub, '_', UnicodeScripts.Lower);
        WriteScript(scripts.Sup, '^', UnicodeScripts.Raise);
    }

    private static bool IsPrime(MathNode sup) => sup is MathLeaf { Text: "′" or "″" or "‴" };

    private void WriteScript(MathNode? script, char sign, Func<string, string?> shift)
    {
        if (script is null)
            return;
        var text = Render(script, tight: true);
        if (text.Length == 0)
            return;
        if (shift(text) is { } shifted)
        {
            _output.Append(shifted);
            return;
        }
        _runsOn = true;
        if (IsWord(text))
            _output.Append(sign).Append(text);
        else
            _output.Append(sign).Append('(').Append(text).Append(')');
    }

    private static bool IsWord(string text)
    {
        if (text.Length == 1)
            return true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune))
                return false;
        }
        return true;
    }

    private void WriteFraction(MathFraction fraction)
    {
        if (fraction.Kind == MathFractionKind.Binomial)
        {
            _output.Append('(').Append(Render(fraction.Numerator, _tight)).Append(" choose ").Append(Render(fraction.Denominator, _tight)).Append(')');
            return;
        }
        WriteOperand(fraction.Numerator);
        _output.Append('/');
        WriteOperand(fraction.Denominator);
        _runsOn = true;
    }

    private void WriteRoot(MathRoot root)
    {
        var index = root.Index is null ? "" : Render(root.Index, tight: true);
        _output.Append(index switch
        {
            "" or "2" => "√",
            "3" => "∛",
            "4" => "∜",
            _ => (UnicodeScripts.Raise(index) ?? $"({index})") + "√",
        });
        WriteOperand(root.Radicand);
    }

    /// <summary>Writes what a slash, root or script applies to, in parentheses unless it is one thing.</summary>
    private void WriteOperand(MathNode node)
    {
        var text = Render(node, _tight);
        if (IsOneThing(node))
            _output.Append(text);
        else
            _output.Append('(').Append(text).Append(')');
    }

    private static bool IsOneThing(MathNode node) => node switch
    {
        MathRow { Children: [var only] } => IsOneThing(only),
        MathRow { Children: [] } => true,
        MathRow row => IsBracketed(row.Children) || IsNumber(row),
        MathFraction => false,
        MathAccent { Mark.Combining: null } brace => IsOneThing(brace.Base),
        MathRoot => true,
        MathStyle style => IsOneThing(style.Body),
        MathReclassified reclassified => IsOneThing(reclassified.Body),
        _ => true,
    };

    private static bool IsBracketed(IReadOnlyList<MathNode> atoms) =>
        atoms[0].Class == MathClass.Open && atoms[^1].Class == MathClass.Close
        && atoms.Count(atom => atom.Class is MathClass.Open or MathClass.Close) == 2;

    /// <summary>Digits in groups, such as <c>1{,}000</c>.</summary>
    private static bool IsNumber(MathRow row) =>
        row.Children.All(child => child is MathLeaf { Kind: MathLeafKind.Number } or MathLeaf { Text: "," });

    private void WriteAccent(MathAccent accent)
    {
        var text = Render(accent.Base, _tight);
        if (accent.Mark.Combining is not { } mark)
        {
            _output.Append(text);
            return;
        }
        var isLine = mark is '\u0305' or '\u0332';
        var isOneLetter = IsOneLetter(text);
        foreach (var rune in text.EnumerateRunes())
        {
            _output.Append(rune.ToString());
            // A line reads as one over many letters; a hat over many has no Unicode form.
            if (isOneLetter || isLine && Rune.IsLetterOrDigit(rune))
                _output.Append(mark);
        }
    }

    private static bool IsOneLetter(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            return rune.Utf16SequenceLength == text.Length;
        return false;
    }

    private void WriteTable(MathTable table)
    {
        var cellSeparator = table.Kind == MathTableKind.Cases ? ", " : " ";
        _output.Append(table.Left);
        for (var i = 0; i < table.Rows.Count; i++)
        {
            _output.Append(i == 0 ? "" : "; ");
            for (var j = 0; j < table.Rows[i].Count; j++)
                _output.Append(j == 0 ? "" : cellSeparator).Append(Render(table.Rows[i][j], _tight).TrimEnd(',', ' '));
        }
        _output.Append(table.Right);
    }
}
