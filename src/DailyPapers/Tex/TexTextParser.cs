using System.Buffers;
using System.Text;

namespace DailyPapers.Tex;

/// <summary>
/// Turns a title or an abstract into a flat list of tokens whose opens and closes balance. Each character is looked at a bounded
/// number of times.
/// </summary>
internal sealed class TexTextParser
{
    /// <summary>Source characters of formulas that one text may have converted; the rest is shown as source.</summary>
    internal const int MaxFormulaCharacters = 64_000;

    private const int MaxStyles = 6;

    // Commands in running text that turn out not to be formulas may cost this many characters of reading in vain.
    private const int MaxVainCharacters = 20_000;

    private static readonly SearchValues<char> _special = SearchValues.Create("\\{}$~-`'^_h\n\r\t");

    private readonly string _source;
    private readonly bool _inline;
    private readonly MathDelimiters _formulas;
    private readonly StringBuilder _text = new();
    private readonly List<TexToken> _tokens = [];
    private readonly Stack<Group> _groups = new();
    private int _position;
    private int _openStyles;
    private bool _inLink;
    private bool _inQuote;
    private int _formulaBudget = MaxFormulaCharacters;
    private int _vainBudget = MaxVainCharacters;

    private TexTextParser(string source, bool inline)
    {
        _source = source;
        _inline = inline;
        _formulas = new MathDelimiters(source);
    }

    /// <summary>What a group's closing brace ends; <c>{\em a \bf b}</c> opens two styles in one.</summary>
    private readonly record struct Group(TexStyle First, TexStyle Second = TexStyle.Plain);

    internal static List<TexToken> Parse(string source, bool inline) => new TexTextParser(source, inline).Run();

    private List<TexToken> Run()
    {
        while (_position < _source.Length)
        {
            var hop = _source.AsSpan(_position).IndexOfAny(_special);
            var length = hop < 0 ? _source.Length - _position : hop;
            _text.Append(_source, _position, length);
            _position += length;
            if (hop >= 0)
                Step();
        }
        while (_groups.TryPop(out var group))
            Close(group);
        Flush();
        return _tokens;
    }

    private void Step()
    {
        if (TryReadFormula())
            return;
        var source = _source.AsSpan();
        switch (source[_position])
        {
            case '\\':
                StepCommand();
                break;
            case '{':
                OpenGroup();
                break;
            case '}':
                if (_groups.TryPop(out var group))
                    Close(group);
                else
                    _text.Append('}');
                _position++;
                break;
            case '~' when TexAccents.IsTie(source, _position):
                Replace("\u00A0", 1);
                break;
            case '^' or '_' when TryReadBareScript():
                break;
            case 'h' when TexUrl.StartsAt(source, _position):
                ReadBareUrl();
                break;
            case '\n' or '\r' or '\t':
                ReadWhiteSpace();
                break;
            case '\'' when _inQuote && TexAccents.ClosesQuote(source, _position):
                _inQuote = false;
                Replace("’", 1);
                break;
            default:
                if (TexAccents.TryReadLigature(source[_position..], out var ligature, out var length))
                {
                    _inQuote |= ligature == "‘";
                    Replace(ligature, length);
                }
                else
                {
                    Replace(source.Slice(_position, 1).ToString(), 1);
                }
                break;
        }
    }

    private bool TryReadFormula()
    {
        if (_source[_position] is not ('$' or '\\') || !_formulas.TryRead(_position, out var range))
            return false;
        AddFormula(_source[range.ContentStart..range.ContentEnd].Trim(), range.Display);
        _position = range.End;
        return true;
    }

    private void AddFormula(string source, bool display)
    {
        if (source.Length > _formulaBudget)
        {
            _formulaBudget = 0;
            _text.Append(source);
            return;
        }
        _formulaBudget -= source.Length;
        Flush();
        _tokens.Add(new TexToken(TexTokenKind.Formula, source, Formula: MathParser.Parse(source), Display: display && !_inline));
    }

    private void OpenGroup()
    {
        var rest = _source.AsSpan(_position);
        _position++;
        if (!TexAccents.IsGroupingOnly(rest) && rest[1..].IndexOfAny("{}\\$") is >= 0 and var end && rest[end + 1] == '}')
        {
            // A set of numbers, not a group: its closing brace is the next one, so both are text.
            _text.Append(rest[..(end + 2)]);
            _position += end + 1;
            return;
        }
        // An importer that drops backslashes leaves {em word}.
        if (rest.StartsWith("{em "))
            Skip(3, TexStyle.Emphasis);
        else if (rest.StartsWith("{it "))
            Skip(3, TexStyle.Emphasis);
        else if (rest.StartsWith("{bf "))
            Skip(3, TexStyle.Strong);
        else
            Push(TexStyle.Plain);

        void Skip(int count, TexStyle style)
        {
            _position += count;
            Push(style);
        }
    }

    private void Push(TexStyle style, string text = "")
    {
        style = Limit(style);
        _groups.Push(new Group(style));
        Open(style, text);
    }

    /// <summary>Deeper styles are flattened: their braces vanish and their text stays.</summary>
    private TexStyle Limit(TexStyle style) => _openStyles < MaxStyles ? style : TexStyle.Plain;

    private void Open(TexStyle style, string text = "")
    {
        switch (style)
        {
            case TexStyle.Plain:
                return;
            case TexStyle.Note:
                _text.Append(" (");
                return;
            case TexStyle.Link:
                _inLink = true;
                break;
        }
        Flush();
        _openStyles++;
        _tokens.Add(new TexToken(TexTokenKind.Open, text, style));
    }

    private void Close(Group group)
    {
        CloseStyle(group.Second);
        CloseStyle(group.First);
    }

    private void CloseStyle(TexStyle style)
    {
        switch (style)
        {
            case TexStyle.Plain:
                return;
            case TexStyle.Note:
                _text.Append(')');
                return;
            case TexStyle.Link:
                _inLink = false;
                break;
        }
        Flush();
        _openStyles--;
        _tokens.Add(new TexToken(TexTokenKind.Close, Style: style));
    }

    private void StepCommand()
    {
        var source = _source.AsSpan();
        if (TexAccents.TryRead(source, _position, out var decoded, out var length))
        {
            Replace(decoded, length);
            return;
        }
        var name = TexCommand.NameAt(source, _position);
        var end = _position + 1 + name.Length;
        if (name is "begin" or "end" && TexCommand.TryReadPlainArgument(source, end, out _, out var environmentEnd))
        {
            _position = environmentEnd;
            return;
        }
        if (name is "verb" && end < source.Length && source[(end + 1)..].IndexOf(source[end]) is >= 0 and < 200 and var verbatim)
        {
            AddStyled(TexStyle.Code, source.Slice(end + 1, verbatim).ToString());
            _position = end + verbatim + 2;
            return;
        }
        if (TexCommand.TakesVerbatim(name))
            ReadReference(name, end);
        else if (TryGetStyle(name, out var style))
            ReadStyled(style, end);
        else if (TryGetDeclaration(name, out style))
            ReadDeclaration(style, end);
        else if (TryGetReplacement(name, out var replacement))
            ReplaceCommand(replacement, end);
        else if (!TryReadStructure(name, end) && !TryReadBareCommand(name, end) && !TryReadGluedStyle(name, end))
            ReadUnknown(name, end);
    }

    private void ReadReference(ReadOnlySpan<char> name, int end)
    {
        if (!TexCommand.TryReadPlainArgument(_source, end, out var argument, out var after))
        {
            // \href without its braces, or with braces in the address: what follows is text.
            _position = end;
            return;
        }
        _position = after;
        switch (name)
        {
            case "url" or "path" or "nolinkurl":
                AddLink(TexUrl.Unescape(argument));
                break;
            case "href":
                ReadLinkText(TexUrl.Unescape(argument));
                break;
            case "label" or "nocite":
                break;
            default:
                _text.Append('[').Append(string.Join(", ", argument.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))).Append(']');
                break;
        }
    }

    private void ReadLinkText(string url)
    {
        if (_position >= _source.Length || _source[_position] != '{')
        {
            AddLink(url);
            return;
        }
        _position++;
        // Links do not nest, in HTML as little as in TeX.
        var isLink = !_inline && !_inLink && TexUrl.TryGetLink(url, out url);
        Push(isLink ? TexStyle.Link : TexStyle.Plain, url);
    }

    private void AddLink(string url)
    {
        if (!_inline && !_inLink && TexUrl.TryGetLink(url, out var href))
            AddStyled(TexStyle.Link, url, href);
        else
            _text.Append(url);
    }

    private void AddStyled(TexStyle style, string text, string attribute = "")
    {
        Flush();
        _tokens.Add(new TexToken(TexTokenKind.Open, attribute, style));
        _tokens.Add(new TexToken(TexTokenKind.Text, text));
        _tokens.Add(new TexToken(TexTokenKind.Close, Style: style));
    }

    private void ReadBareUrl()
    {
        var length = TexUrl.LengthAt(_source, _position);
        AddLink(TexUrl.Unescape(_source.AsSpan(_position, length)));
        _position += length;
    }

    private void ReadStyled(TexStyle style, int end)
    {
        _position = SkipSpaces(end);
        if (_position < _source.Length && _source[_position] == '{')
        {
            _position++;
            Push(style);
        }
        else
        {
            _position = end;
        }
    }

    /// <summary>
    /// <c>{\em ..}</c> lasts to the end of its group. Outside of any group its braces were lost on the way, and it would swallow the
    /// rest of the text, so it is dropped.
    /// </summary>
    private void ReadDeclaration(TexStyle style, int end)
    {
        _position = SkipSpaces(end);
        style = Limit(style);
        if (style == TexStyle.Plain || !_groups.TryPop(out var group))
            return;
        if (group.First == TexStyle.Plain)
            group = new Group(style);
        else if (group.Second == TexStyle.Plain && group.First is not (TexStyle.Code or TexStyle.Note) && group.First != style)
            group = group with { Second = style };
        else
            style = TexStyle.Plain;
        _groups.Push(group);
        Open(style);
    }

    private bool TryReadStructure(ReadOnlySpan<char> name, int end)
    {
        switch (name)
        {
            case "\\" or "newline" or "linebreak":
                _position = end < _source.Length && _source[end] == '*' ? end + 1 : end;
                Break(TexTokenKind.LineBreak);
                return true;
            case "par":
                _position = SkipSpaces(end);
                Break(TexTokenKind.Paragraph);
                return true;
            case "item":
                ReadItem(end);
                return true;
            case "textcolor" or "color" or "colorbox" or "hspace" or "vspace" or "fontsize" or "selectfont":
                _position = TexCommand.TryReadPlainArgument(_source, end, out _, out var after) ? after : end;
                if (name is "textcolor" or "colorbox")
                    ReadStyled(TexStyle.Plain, _position);
                return true;
            case "ensuremath":
                return TryReadEnsuredMath(end);
            case "romannumeral":
                return TryReadRomanNumeral(end);
            default:
                return false;
        }
    }

    private void ReadItem(int end)
    {
        Break(TexTokenKind.Paragraph);
        _position = SkipSpaces(end);
        var rest = _source.AsSpan(_position, Math.Min(_source.Length - _position, 40));
        var close = rest.IndexOf(']');
        if (rest.StartsWith("[") && close > 0)
        {
            _text.Append(rest[1..close]).Append(' ');
            _position += close + 1;
        }
        else
        {
            _text.Append("• ");
        }
    }

    private bool TryReadEnsuredMath(int end)
    {
        if (end >= _source.Length || _source[end] != '{' || _vainBudget <= 0)
            return false;
        var formula = MathParser.ParseAtom(_source, end, out var after);
        if (formula is null)
        {
            _vainBudget -= after - end;
            return false;
        }
        AddBareFormula(formula, end + 1, after - 1, after);
        return true;
    }

    private bool TryReadRomanNumeral(int end)
    {
        var digits = end;
        while (digits < _source.Length && digits < end + 3 && char.IsAsciiDigit(_source[digits]))
            digits++;
        if (digits == end)
            return false;
        string[] ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
        var number = int.Parse(_source.AsSpan(end, digits - end), System.Globalization.CultureInfo.InvariantCulture);
        if (number > 39)
            return false;
        _text.Append('x', number / 10).Append(ones[number % 10]);
        _position = digits;
        return true;
    }

    /// <summary>A math command outside of dollars, such as <c>\alpha</c> or <c>\mathcal{O}</c>, with its arguments and scripts.</summary>
    private bool TryReadBareCommand(ReadOnlySpan<char> name, int end)
    {
        if (name.IsEmpty || !char.IsAsciiLetter(name[0]) && name[0] is not '|' || name is "left" or "right" or "middle" or "begin" or "end" || _vainBudget <= 0)
            return false;
        var formula = MathParser.ParseAtom(_source, _position, out var after);
        // Scripts are read only where they touch what they belong to; a name that needs an argument has it.
        if (formula is null || after - _position > _formulaBudget)
        {
            _vainBudget -= after - _position;
            return false;
        }
        if (after == end && name.Length == 1 && name[0] != '|' && end < _source.Length && _source[end] == ' ')
            return false;
        if (formula.Class == MathClass.Operator && FollowsLetter())
            _text.Append(' ');
        AddBareFormula(formula, _position, after, after);
        return true;
    }

    private bool FollowsLetter() =>
        _text.Length > 0 ? char.IsLetterOrDigit(_text[^1]) : _tokens.Count > 0 && _tokens[^1].Kind == TexTokenKind.Formula;

    private void AddBareFormula(MathNode formula, int start, int end, int next)
    {
        _formulaBudget -= end - start;
        Flush();
        _tokens.Add(new TexToken(TexTokenKind.Formula, _source[start..end], Formula: formula));
        _position = next;
    }

    /// <summary>
    /// Scripts outside of dollars: <c>O(n^2)</c>, <c>x_t</c>, <c>10^-3</c>. Only a single letter, a number or a bracket takes them,
    /// and only short ones, so that file names and identifiers stay what they are.
    /// </summary>
    private bool TryReadBareScript()
    {
        if (_text.Length == 0 || _formulaBudget <= 0 || !TryFindScriptBase(out var start))
            return false;
        var formula = new StringBuilder(_source, start, _position - start, 64);
        var end = _position;
        while (end < _source.Length && _source[end] is '^' or '_' && formula.Length < 200 && TryReadScript(end, out var script, out var after))
        {
            formula.Append(_source[end]).Append('{').Append(script).Append('}');
            end = after;
        }
        if (end == _position || MathParser.Parse(formula.ToString()) is not { } parsed)
            return false;
        _text.Length -= _position - start;
        AddBareFormula(parsed, start, end, end);
        return true;
    }

    private bool TryFindScriptBase(out int start)
    {
        start = _position - 1;
        if (start < 0 || _text[^1] != _source[start])
            return false;
        var sign = _source[_position];
        if (sign == '^' && _source[start] is ')' or ']')
            return true;
        if (sign == '^' && char.IsAsciiDigit(_source[start]))
        {
            var limit = Math.Max(0, _position - Math.Min(12, _text.Length));
            while (start > limit && char.IsAsciiDigit(_source[start - 1]))
                start--;
        }
        else if (!char.IsLetter(_source[start]))
        {
            return false;
        }
        return start == 0 || !char.IsLetterOrDigit(_source[start - 1]) && _source[start - 1] is not ('_' or '^' or '\\' or '/' or '@' or '-' or '.' or '&');
    }

    private bool TryReadScript(int sign, out ReadOnlySpan<char> script, out int after)
    {
        var rest = _source.AsSpan(sign + 1, Math.Min(_source.Length - sign - 1, 60));
        script = default;
        after = 0;
        var length = 0;
        switch (rest)
        {
            case ['{', ..] when rest.IndexOf('}') is > 1 and var close && !rest[1..close].Contains('{'):
                script = rest[1..close];
                after = sign + close + 2;
                return true;
            case ['-' or '−', >= '0' and <= '9', ..] or [>= '0' and <= '9', ..]:
                length = 1;
                while (length < rest.Length && char.IsAsciiDigit(rest[length]))
                    length++;
                break;
            case ['\\', >= 'a' and <= 'z', ..]:
                length = TexCommand.NameAt(rest, 0).Length + 1;
                break;
            case ['*' or '+' or '∗' or '⋆', ..] when _source[sign] == '^' && (rest.Length == 1 || !char.IsLetterOrDigit(rest[1])):
                length = 1;
                break;
            case [var letter, ..] when char.IsLetter(letter):
                length = 1;
                break;
        }
        if (length == 0 || length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] == '_' && _source[sign] == '_'))
            return false;
        script = rest[..length];
        after = sign + 1 + length;
        return true;
    }

    /// <summary>A markup command whose braces an importer lost: <c>\emphk</c>.</summary>
    private bool TryReadGluedStyle(ReadOnlySpan<char> name, int end)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["emph", "textbf", "textit", "texttt", "textsc"])
        {
            if (!name.StartsWith(prefix))
                continue;
            TryGetStyle(prefix, out var style);
            var text = name[prefix.Length..].ToString();
            if (style == TexStyle.Plain)
                _text.Append(text);
            else
                AddStyled(style, text);
            _position = end;
            return true;
        }
        return false;
    }

    private void ReadUnknown(ReadOnlySpan<char> name, int end)
    {
        if (_source.AsSpan(end).StartsWith("{}"))
            end += 2;
        if (name.IsEmpty || !char.IsAsciiLetter(name[0]))
        {
            Replace(_source[_position..end], end - _position);
            return;
        }
        Flush();
        _tokens.Add(new TexToken(TexTokenKind.Source, $"\\{name}"));
        _position = end;
    }

    private void ReadWhiteSpace()
    {
        var lineEnds = 0;
        for (; _position < _source.Length && _source[_position] is ' ' or '\n' or '\r' or '\t'; _position++)
            lineEnds += _source[_position] == '\n' ? 1 : 0;
        if (lineEnds > 1)
            Break(TexTokenKind.Paragraph);
        else
            _text.Append(' ');
    }

    private void Break(TexTokenKind kind)
    {
        if (_inline)
        {
            _text.Append(' ');
            return;
        }
        Flush();
        // A paragraph cannot end within markup that goes on.
        if (_tokens.Count > 0 && _tokens[^1].Kind is not (TexTokenKind.Paragraph or TexTokenKind.LineBreak))
            _tokens.Add(new TexToken(_openStyles > 0 ? TexTokenKind.LineBreak : kind));
    }

    private void Replace(string text, int consumed)
    {
        _text.Append(text);
        _position += consumed;
    }

    /// <summary>A control word swallows the blank after it, unless it stands for nothing.</summary>
    private void ReplaceCommand(string replacement, int end)
    {
        _text.Append(replacement);
        _position = _source.AsSpan(end).StartsWith("{}") ? end + 2 : end;
    }

    private int SkipSpaces(int position)
    {
        while (position < _source.Length && _source[position] == ' ')
            position++;
        return position;
    }

    private void Flush()
    {
        if (_text.Length == 0)
            return;
        _tokens.Add(new TexToken(TexTokenKind.Text, SourceText.Compose(_text.ToString())));
        _text.Clear();
    }

    private static bool TryGetStyle(ReadOnlySpan<char> name, out TexStyle style)
    {
        style = name switch
        {
            "emph" or "textit" or "textsl" => TexStyle.Emphasis,
            "textbf" or "strong" => TexStyle.Strong,
            "texttt" or "lstinline" => TexStyle.Code,
            "textsuperscript" => TexStyle.Superscript,
            "textsubscript" => TexStyle.Subscript,
            "footnote" or "footnotetext" => TexStyle.Note,
            _ => TexStyle.Plain,
        };
        return style != TexStyle.Plain
            || name is "textsc" or "textrm" or "textsf" or "textnormal" or "textup" or "textmd" or "text" or "mbox" or "hbox" or "underline" or "uline" or "ul" or "fbox"
                or "title" or "section" or "paragraph" or "subsection" or "centerline" or "MakeUppercase" or "uppercase" or "lowercase";
    }

    private static bool TryGetDeclaration(ReadOnlySpan<char> name, out TexStyle style)
    {
        style = name switch
        {
            "em" or "it" or "sl" or "itshape" => TexStyle.Emphasis,
            "bf" or "bfseries" => TexStyle.Strong,
            "tt" or "ttfamily" => TexStyle.Code,
            _ => TexStyle.Plain,
        };
        return style != TexStyle.Plain
            || name is "sc" or "scshape" or "rm" or "rmfamily" or "sf" or "sffamily" or "tiny" or "scriptsize" or "footnotesize" or "small" or "normalsize"
                or "large" or "Large" or "LARGE" or "huge" or "noindent" or "centering" or "protect" or "relax" or "maketitle" or "upshape" or "mdseries" or "indent";
    }

    private static bool TryGetReplacement(ReadOnlySpan<char> name, out string replacement)
    {
        replacement = name switch
        {
            "%" or "&" or "#" or "_" or "$" or "{" or "}" => name.ToString(),
            " " or "," or ";" or ":" or "\n" or "\t" or "space" or "quad" or "qquad" or "thinspace" or "enspace" or "smallskip" or "medskip" or "bigskip" => " ",
            "~" or "textasciitilde" => "~",
            "^" or "textasciicircum" => "^",
            "-" or "/" or "@" or "!" or "xspace" or "allowbreak" or "nobreak" or "null" => "",
            "textbackslash" => "\\",
            "textunderscore" => "_",
            "textdollar" => "$",
            "textpercent" => "%",
            "textampersand" => "&",
            "slash" => "/",
            "TeX" => "TeX",
            "LaTeX" => "LaTeX",
            "ie" => "i.e.",
            "eg" => "e.g.",
            "etal" => "et al.",
            "etc" => "etc.",
            "vs" => "vs.",
            "cf" => "cf.",
            "wrt" => "w.r.t.",
            "iid" => "i.i.d.",
            "aka" => "a.k.a.",
            "today" => "today",
            _ => null!,
        };
        return replacement is not null;
    }
}
