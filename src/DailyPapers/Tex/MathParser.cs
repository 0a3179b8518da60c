using System.Buffers;
using System.Globalization;
using System.Text;

namespace DailyPapers.Tex;

/// <summary>
/// Parses one TeX formula into a <see cref="MathNode"/> tree, without macro expansion and without backtracking, so that
/// time is linear in the formula. What it does not know makes the whole formula unparsed: half a formula would mislead.
/// </summary>
internal ref struct MathParser
{
    /// <summary>Longer formulas are shown as source.</summary>
    internal const int MaxLength = 4_000;

    private const int MaxDepth = 40;

    private static readonly SearchValues<char> _numberCharacters = SearchValues.Create("+-.0123456789 ");

    private readonly ReadOnlySpan<char> _source;
    private int _position;
    private int _depth;
    private MathFont _font;
    private bool _failed;

    private MathParser(ReadOnlySpan<char> source, int position)
    {
        _source = source;
        _position = position;
    }

    /// <summary>The tree of a whole formula (without its delimiters), or null when it uses anything unknown.</summary>
    internal static MathNode? Parse(ReadOnlySpan<char> source)
    {
        if (source.Length > MaxLength)
            return null;
        var parser = new MathParser(source, 0);
        var row = parser.ParseRow(RowEnd.Source);
        return parser._failed || parser._position < source.Length ? null : row;
    }

    /// <summary>The tree of the one atom at <paramref name="position"/> with its scripts, for commands that stand in running text.</summary>
    /// <returns>Null when it cannot be read; <paramref name="end"/> then is how far the parser looked.</returns>
    internal static MathNode? ParseAtom(ReadOnlySpan<char> source, int position, out int end)
    {
        var window = source[..Math.Min(source.Length, position + MaxLength)];
        var parser = new MathParser(window, position);
        var atom = parser.ParseAtom();
        if (atom is not null && !parser._failed)
            atom = parser.ParseScripts(atom, skipSpaces: false);
        end = parser._position;
        return parser._failed ? null : atom;
    }

    private enum RowEnd
    {
        Source,
        Brace,
        Bracket,
        Right,
        Cell,
    }

    private readonly bool AtEnd => _position >= _source.Length;

    private readonly char Current => _source[_position];

    /// <summary>Stops every loop by moving to the end of the source.</summary>
    private MathRow Fail()
    {
        _failed = true;
        _position = _source.Length;
        return MathRow.Empty;
    }

    private MathRow ParseRow(RowEnd end)
    {
        if (++_depth > MaxDepth)
            return Fail();
        var outerFont = _font;
        List<MathNode> atoms = [];
        Infix? infix = null;
        while (!AtRowEnd(end))
        {
            if (TryParseDeclaration(atoms, end, ref infix))
                continue;
            var atom = ParseAtom();
            if (atom is null)
                break;
            atoms.Add(ParseScripts(atom, skipSpaces: true));
        }
        _font = outerFont;
        _depth--;
        return infix is null ? new MathRow(atoms) : new MathRow([infix.ToNode(new MathRow(atoms))]);
    }

    /// <summary>The numerator that waits for what follows <c>\over</c>, <c>\choose</c> or <c>\atop</c>.</summary>
    private sealed record Infix(MathRow Numerator, MathFractionKind Kind)
    {
        internal MathFraction ToNode(MathRow denominator) => new(Numerator, denominator, Kind, null);
    }

    private bool AtRowEnd(RowEnd end)
    {
        SkipSpaces();
        if (AtEnd)
            return true;
        return Current switch
        {
            '}' => true,
            ']' => end == RowEnd.Bracket,
            '&' => end == RowEnd.Cell,
            '\\' => NextIs(@"\right") && !NextIsLonger(@"\right") || NextIs(@"\end") || NextIs(@"\middle") && end != RowEnd.Right
                || end == RowEnd.Cell && (NextIs(@"\\") || NextIs(@"\cr")),
            _ => false,
        };
    }

    /// <summary>Commands that act on the rest of the row: fonts, styles and infix fractions.</summary>
    private bool TryParseDeclaration(List<MathNode> atoms, RowEnd end, ref Infix? infix)
    {
        if (Current != '\\')
            return false;
        var name = PeekCommand();
        switch (name)
        {
            case "over" or "choose" or "atop":
                if (infix is not null)
                {
                    Fail();
                    return true;
                }
                infix = new Infix(new MathRow([.. atoms]), name switch
                {
                    "over" => MathFractionKind.Ruled,
                    "choose" => MathFractionKind.Binomial,
                    _ => MathFractionKind.Stacked,
                });
                atoms.Clear();
                break;
            case "displaystyle" or "textstyle" or "scriptstyle" or "scriptscriptstyle":
                _position += name.Length + 1;
                atoms.Add(new MathStyle(ParseRow(end), name is "displaystyle"));
                return true;
            default:
                if (!TryGetFontDeclaration(name, out var font))
                    return false;
                _font = font;
                break;
        }
        _position += name.Length + 1;
        return true;
    }

    private MathNode ParseScripts(MathNode nucleus, bool skipSpaces)
    {
        MathNode? sub = null, sup = null;
        bool? limits = null;
        while (!_failed)
        {
            if (skipSpaces)
                SkipSpaces();
            if (AtEnd)
                break;
            if (Current == '_')
            {
                _position++;
                sub = Join(sub, ParseArgument());
            }
            else if (Current == '^')
            {
                _position++;
                sup = Join(sup, ParseExponent());
            }
            else if (Current is '\'' or '’' && skipSpaces)
            {
                sup = Join(sup, ParsePrimes());
            }
            else if (Current == '\\' && PeekCommand() is "limits" or "nolimits")
            {
                limits = PeekCommand() is "limits";
                _position += limits.Value ? 7 : 9;
            }
            else
            {
                break;
            }
        }
        return sub is null && sup is null ? nucleus : new MathScripts(nucleus, sub, sup, limits);
    }

    /// <summary>Two scripts in one place are an error in TeX; authors mean them side by side.</summary>
    private static MathNode Join(MathNode? first, MathNode second) => first is null ? second : new MathRow([first, second]);

    private MathLeaf ParsePrimes()
    {
        var count = 0;
        for (; !AtEnd && Current is '\'' or '’'; _position++)
            count++;
        var primes = count switch
        {
            1 => "′",
            2 => "″",
            3 => "‴",
            _ => new string('′', count),
        };
        return new MathLeaf(primes, MathLeafKind.Identifier, Upright: true);
    }

    /// <summary>A superscript; <c>^-1</c> without braces is read as <c>^{-1}</c>, which is what its authors mean.</summary>
    private MathNode ParseExponent()
    {
        SkipSpaces();
        var start = _position;
        if (start + 1 < _source.Length && _source[start] is '-' or '−' && char.IsAsciiDigit(_source[start + 1]))
        {
            _position++;
            MathSymbols.TryGetCharacter('-', out var minus);
            return new MathRow([minus, ParseNumber()]);
        }
        return ParseArgument();
    }

    /// <summary>A brace group, one command with its own arguments, or one character.</summary>
    private MathNode ParseArgument()
    {
        SkipSpaces();
        if (AtEnd || Current is '}' or '&' or '^' or '_')
            return Fail();
        if (char.IsAsciiDigit(Current))
            return new MathLeaf(_source[_position++].ToString(), MathLeafKind.Number, Font: _font);
        return Neutral(ParseAtom() ?? Fail());
    }

    private MathNode ParseArgument(MathFont font)
    {
        var outer = _font;
        _font = font;
        var argument = ParseArgument();
        _font = outer;
        return argument;
    }

    private MathRow? ParseOptionalArgument()
    {
        SkipSpaces();
        if (AtEnd || Current != '[')
            return null;
        _position++;
        var row = ParseRow(RowEnd.Bracket);
        Expect(']');
        return row;
    }

    private MathNode? ParseAtom()
    {
        if (AtEnd)
            return null;
        var c = Current;
        switch (c)
        {
            case '\\':
                return ParseCommand();
            case '{':
                return ParseGroup();
            case '}':
                return null;
            case '^' or '_':
                return MathRow.Empty;
            case '\'' or '’':
                return ParsePrimes();
            case '$':
                return Fail();
            case '~' or '\u00A0':
                _position++;
                return new MathSpace(0.25);
        }
        if (char.IsAsciiDigit(c))
            return ParseNumber();
        if (char.IsAsciiLetter(c))
            return ParseLetters();
        return ParseOtherCharacter();
    }

    private MathNode ParseGroup()
    {
        _position++;
        var row = ParseRow(RowEnd.Brace);
        Expect('}');
        return row.Children is [var only] ? Neutral(only) : row;
    }

    /// <summary>An operator alone in braces is an ordinary atom: <c>{=}</c>, <c>1{,}000</c>.</summary>
    private static MathNode Neutral(MathNode node) =>
        node is MathLeaf { AtomClass: MathClass.Binary or MathClass.Relation or MathClass.Punctuation } leaf
            ? leaf with { AtomClass = MathClass.Ordinary }
            : node;

    private MathLeaf ParseNumber()
    {
        var start = _position;
        while (!AtEnd && (char.IsAsciiDigit(Current)
            || Current == '.' && _position + 1 < _source.Length && char.IsAsciiDigit(_source[_position + 1])))
        {
            _position++;
        }
        return new MathLeaf(_source[start.._position].ToString(), MathLeafKind.Number, Font: _font);
    }

    private MathLeaf ParseLetters()
    {
        var start = _position++;
        // Letters of a text-like font are a word, not a product.
        if (_font is MathFont.Roman or MathFont.Sans or MathFont.Typewriter or MathFont.Italic or MathFont.Bold)
        {
            while (!AtEnd && char.IsAsciiLetter(Current))
                _position++;
        }
        return new MathLeaf(_source[start.._position].ToString(), MathLeafKind.Identifier, Font: _font);
    }

    private MathLeaf ParseOtherCharacter()
    {
        if (MathSymbols.TryGetCharacter(Current, out var leaf))
        {
            _position++;
            return WithFont(leaf);
        }
        Rune.DecodeFromUtf16(_source[_position..], out var rune, out var length);
        _position += length;
        return Rune.IsLetter(rune)
            ? new MathLeaf(rune.ToString(), MathLeafKind.Identifier)
            : new MathLeaf(rune.ToString(), MathLeafKind.Text);
    }

    private readonly MathLeaf WithFont(MathLeaf leaf) =>
        leaf is { Kind: MathLeafKind.Identifier, Font: MathFont.Default } && _font != MathFont.Default ? leaf with { Font = _font } : leaf;

    private MathNode ParseCommand()
    {
        if (++_depth > MaxDepth)
            return Fail();
        var name = ReadCommand();
        var node = ParseStructure(name) ?? ParseSymbol(name) ?? ParseAuthorMacro(name) ?? Fail();
        _depth--;
        return node;
    }

    private readonly MathLeaf? ParseSymbol(ReadOnlySpan<char> name) =>
        MathSymbols.TryGetCommand(name, out var leaf) ? WithFont(leaf) : null;

    private MathNode? ParseStructure(ReadOnlySpan<char> name)
    {
        if (MathSymbols.TryGetAccent(name, out var mark))
            return new MathAccent(ParseArgument(), mark);
        if (TryGetFontCommand(name, out var font))
            return ParseArgument(font);
        switch (name)
        {
            case "frac":
                return ParseFraction(MathFractionKind.Ruled, null);
            case "tfrac":
                return ParseFraction(MathFractionKind.Ruled, false);
            case "dfrac" or "cfrac":
                return ParseFraction(MathFractionKind.Ruled, true);
            case "nicefrac" or "sfrac" or "flatfrac":
                return ParseFraction(MathFractionKind.Slashed, null);
            case "binom":
                return ParseFraction(MathFractionKind.Binomial, null);
            case "tbinom":
                return ParseFraction(MathFractionKind.Binomial, false);
            case "dbinom":
                return ParseFraction(MathFractionKind.Binomial, true);
            case "sqrt":
                var index = ParseOptionalArgument();
                return new MathRoot(ParseArgument(), index);
            case "left":
                return ParseFence();
            case "middle":
                return new MathDelimiter(ParseDelimiter(), 0, MathClass.Relation);
            case "begin":
                return ParseEnvironment();
            case "not":
                return ParseNegation();
            case "stackrel" or "overset":
                var over = ParseArgument();
                return new MathStack(ParseRelationArgument(), over, null);
            case "underset":
                var under = ParseArgument();
                return new MathStack(ParseRelationArgument(), null, under);
            case "xrightarrow" or "xlongrightarrow":
                return ParseExtensibleArrow("→");
            case "xleftarrow":
                return ParseExtensibleArrow("←");
            case "xmapsto":
                return ParseExtensibleArrow("↦");
            case "operatorname" or "operatorname*" or "operatornamewithlimits" or "DeclareMathOperator":
                return ParseOperatorName(name is not "operatorname");
            case "mathop":
                return new MathReclassified(ParseArgument(), MathClass.Operator, true);
            case "mathrel":
                return new MathReclassified(ParseArgument(), MathClass.Relation, false);
            case "mathbin":
                return new MathReclassified(ParseArgument(), MathClass.Binary, false);
            case "mathopen":
                return new MathReclassified(ParseArgument(), MathClass.Open, false);
            case "mathclose":
                return new MathReclassified(ParseArgument(), MathClass.Close, false);
            case "mathpunct":
                return new MathReclassified(ParseArgument(), MathClass.Punctuation, false);
            case "mathord" or "mathinner" or "ensuremath" or "boxed" or "fbox" or "smash" or "mathstrut" or "llap" or "rlap"
                or "clap" or "mathllap" or "mathrlap" or "mathclap":
                return name is "mathstrut" ? MathRow.Empty : ParseArgument();
            case "phantom" or "hphantom" or "vphantom":
                return new MathPhantom(ParseArgument());
            case "substack":
                return ParseSubstack();
            case "bmod":
                return new MathLeaf("mod", MathLeafKind.Function, MathClass.Binary);
            case "mod":
                return new MathRow([new MathSpace(0.5), Word("mod"), new MathSpace(0.25), ParseArgument()]);
            case "pmod":
                return new MathRow([new MathSpace(0.5), Parenthesis(MathClass.Open), Word("mod"), new MathSpace(0.25), ParseArgument(), Parenthesis(MathClass.Close)]);
            case "color":
                ParseOptionalArgument();
                ReadRawArgument();
                return MathRow.Empty;
            case "textcolor" or "colorbox":
                ParseOptionalArgument();
                ReadRawArgument();
                return ParseArgument();
            case "href":
                ReadRawArgument();
                return ParseArgument();
            case "hspace" or "hspace*" or "mspace" or "kern" or "mkern":
                return ParseDimension();
            case "vspace" or "label" or "tag" or "tag*" or "cite" or "citep" or "citet" or "footnote":
                ReadRawArgument();
                return MathRow.Empty;
            case "nonumber" or "notag" or "allowbreak" or "nobreak" or "relax" or "xspace" or "protect" or "null" or "strut" or "displaylimits" or "limits" or "nolimits"
                or "!" or "-" or "/" or "negthinspace" or "negmedspace" or "unboldmath" or "boldmath" or "noindent" or "linebreak" or "newline" or "\\" or "@" or "cr":
                return MathRow.Empty;
            case "," or "thinspace":
                return new MathSpace(0.1667);
            case ":" or ">" or "medspace":
                return new MathSpace(0.2222);
            case ";" or "thickspace":
                return new MathSpace(0.2778);
            case " " or "\n" or "\t" or "space" or "nobreakspace":
                return new MathSpace(0.25);
            case "enspace":
                return new MathSpace(0.5);
            case "quad":
                return new MathSpace(1);
            case "qquad":
                return new MathSpace(2);
            case "norm" or "Norm":
                return Enclose("‖", "‖");
            case "abs":
                return Enclose("|", "|");
            case "ceil":
                return Enclose("⌈", "⌉");
            case "floor":
                return Enclose("⌊", "⌋");
            case "set":
                return Enclose("{", "}");
            case "paren" or "pa" or "lprp":
                return Enclose("(", ")");
            case "inner" or "ip" or "inp":
                return ParseInnerProduct();
            case "half":
                return new MathFraction(Number("1"), Number("2"), MathFractionKind.Ruled, null);
            case "otilde" or "tO" or "tlO" or "Otil" or "bigOtil" or "Otilde" or "widetildeO" or "Ot":
                return Accented("widetilde", new MathLeaf("O", MathLeafKind.Identifier));
        }
        if (TryGetTextFont(name, out var textFont))
            return ParseText(textFont);
        return TryGetSize(name, out var size) ? ParseSizedDelimiter(name, size) : null;
    }

    /// <summary>
    /// Macros that authors define by a well-known pattern (<c>\cX</c> calligraphic, <c>\x</c>, <c>\bx</c> or <c>\vx</c> bold), and
    /// commands whose braces an importer lost (<c>\mathbbR</c>, <c>\sqrtn</c>).
    /// </summary>
    private MathNode? ParseAuthorMacro(ReadOnlySpan<char> name)
    {
        if (name is ['u' or 'v' or 'w' or 'x' or 'y' or 'z'])
            return Identifier(name, MathFont.Bold);
        if (name.Length == 2 && char.IsAsciiLetter(name[1]))
        {
            MathFont? font = (name[0], char.IsAsciiLetterUpper(name[1])) switch
            {
                ('c', true) => MathFont.Calligraphic,
                ('s', true) => MathFont.Blackboard,
                ('b' or 'm', true) => MathFont.Bold,
                ('b' or 'v', false) when name is not ("be" or "ba" or "bi") => MathFont.Bold,
                ('r', _) => MathFont.Roman,
                _ => null,
            };
            if (font is not null)
                return Identifier(name[1..], font.Value);
        }
        if (name.Length is 3 or 4)
        {
            if (name[1..] is "cal" or "scr")
                return Identifier(name[..1], MathFont.Calligraphic);
            if (name[1..] is "bf" or "b" or "vec")
                return Identifier(name[..1], MathFont.Bold);
            if (name[1..] is "bb")
                return Identifier(name[..1], MathFont.Blackboard);
            if (name.EndsWith("hat"))
                return Accented("hat", Identifier(name[..1], _font));
            if (name[..2] is "bb" && char.IsAsciiLetterUpper(name[2]))
                return Identifier(name[2..], MathFont.Blackboard);
        }
        // Longest prefix first, so that \mathbfx is not read as \mathb followed by fx.
        for (var length = name.Length - 1; length >= 2; length--)
        {
            var prefix = name[..length];
            var rest = name[length..];
            if (prefix.Length >= 4 && (TryGetFontCommand(prefix, out var font) || TryGetTextFont(prefix, out font))
                || rest.Length <= 2 && prefix is "bf" or "cal" or "rm" or "bm" or "mat" or "vct" && (TryGetFontDeclaration(prefix, out font) || TryGetFontCommand(prefix, out font)))
            {
                return Identifier(rest, font);
            }
            var isSymbol = MathSymbols.TryGetCommand(rest, out var symbol);
            if (rest.Length > 3 && !isSymbol)
                continue;
            MathNode body = isSymbol && rest.Length > 1 ? symbol : Letters(rest);
            if (prefix is "sqrt")
                return new MathRoot(body, null);
            if (MathSymbols.TryGetAccent(prefix, out var mark) && !mark.Under)
                return new MathAccent(body, mark);
        }
        return null;
    }

    private static MathLeaf Identifier(ReadOnlySpan<char> letters, MathFont font) =>
        new(letters.ToString(), MathLeafKind.Identifier, Font: font);

    private static MathNode Letters(ReadOnlySpan<char> letters)
    {
        var leaves = new MathNode[letters.Length];
        for (var i = 0; i < leaves.Length; i++)
            leaves[i] = new MathLeaf(letters[i].ToString(), MathLeafKind.Identifier);
        return leaves is [var only] ? only : new MathRow(leaves);
    }

    private static MathLeaf Number(string digits) => new(digits, MathLeafKind.Number);

    private static MathLeaf Word(string text) => new(text, MathLeafKind.Text);

    private static MathLeaf Parenthesis(MathClass side) => new(side == MathClass.Open ? "(" : ")", MathLeafKind.Operator, side);

    private static MathAccent Accented(string accent, MathNode body)
    {
        MathSymbols.TryGetAccent(accent, out var mark);
        return new MathAccent(body, mark);
    }

    private MathFraction ParseFraction(MathFractionKind kind, bool? display)
    {
        var numerator = ParseArgument();
        return new MathFraction(numerator, ParseArgument(), kind, display);
    }

    private MathFenced Enclose(string left, string right) => new(left, ParseArgument(), right);

    private MathFenced ParseInnerProduct()
    {
        var first = ParseArgument();
        MathSymbols.TryGetCharacter(',', out var comma);
        return new MathFenced("⟨", new MathRow([first, comma, ParseArgument()]), "⟩");
    }

    /// <summary>Keeps the class of a relation that <c>\stackrel</c> decorates.</summary>
    private MathNode ParseRelationArgument()
    {
        var argument = ParseArgument();
        return argument is MathLeaf { Kind: MathLeafKind.Operator } leaf ? leaf with { AtomClass = MathClass.Relation } : argument;
    }

    private MathStack ParseExtensibleArrow(string arrow)
    {
        var under = ParseOptionalArgument();
        return new MathStack(new MathLeaf(arrow, MathLeafKind.Operator, MathClass.Relation), Pad(ParseArgument()), under is null ? null : Pad(under));

        // The arrow is to be longer than its label.
        static MathRow Pad(MathNode label) => new([new MathSpace(0.3), label, new MathSpace(0.3)]);
    }

    private MathNode ParseNegation()
    {
        SkipSpaces();
        if (ParseAtom() is not MathLeaf leaf)
            return Fail();
        return new MathLeaf(MathSymbols.Negate(leaf.Text), MathLeafKind.Operator, MathClass.Relation);
    }

    private MathNode ParseFence()
    {
        var left = ParseDelimiter();
        var body = ParseRow(RowEnd.Right);
        if (_failed || !NextIs(@"\right"))
            return Fail();
        _position += 6;
        return new MathFenced(left, body, ParseDelimiter());
    }

    private MathDelimiter ParseSizedDelimiter(ReadOnlySpan<char> name, double size)
    {
        var text = ParseDelimiter();
        var atomClass = name[^1] switch
        {
            'l' => MathClass.Open,
            'r' => MathClass.Close,
            'm' => MathClass.Relation,
            _ => text switch
            {
                "(" or "[" or "{" or "⟨" or "⌊" or "⌈" => MathClass.Open,
                ")" or "]" or "}" or "⟩" or "⌋" or "⌉" => MathClass.Close,
                _ => MathClass.Ordinary,
            },
        };
        return new MathDelimiter(text, size, atomClass);
    }

    private string ParseDelimiter()
    {
        SkipSpaces();
        if (AtEnd)
        {
            Fail();
            return "";
        }
        if (Current == '\\')
        {
            if (MathSymbols.TryGetDelimiter(ReadCommand(), out var named))
                return named;
            Fail();
            return "";
        }
        var c = _source[_position++];
        switch (c)
        {
            case '.':
                return "";
            case '<':
                return "⟨";
            case '>':
                return "⟩";
            case '(' or ')' or '[' or ']' or '|' or '/' or '‖' or '⟨' or '⟩' or '⌊' or '⌋' or '⌈' or '⌉':
                return c.ToString();
            default:
                Fail();
                return "";
        }
    }

    private MathNode ParseOperatorName(bool limits)
    {
        SkipSpaces();
        if (!AtEnd && Current == '*')
        {
            _position++;
            limits = true;
        }
        var raw = ReadRawArgument();
        var name = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] is '~' || raw[i] == '\\' && i + 1 < raw.Length && raw[i + 1] is ',' or ';' or ' ' or ':' or '!')
            {
                i += raw[i] == '\\' ? 1 : 0;
                if (raw[i] != '!')
                    name.Append(' ');
            }
            else if (raw[i] is '\\' or '{' or '}' or '$' or '^' or '_')
            {
                return new MathReclassified(ParseNested(raw, MathFont.Roman), MathClass.Operator, limits);
            }
            else
            {
                name.Append(raw[i]);
            }
        }
        return new MathLeaf(name.ToString().Trim(), MathLeafKind.Function, MathClass.Operator, Limits: limits);
    }

    /// <summary>Parses an argument that was read as raw text, at the current depth.</summary>
    private MathRow ParseNested(ReadOnlySpan<char> raw, MathFont font)
    {
        var nested = new MathParser(raw, 0) { _depth = _depth, _font = font };
        var row = nested.ParseRow(RowEnd.Source);
        return nested._failed || nested._position < raw.Length ? Fail() : row;
    }

    private MathNode ParseText(MathFont font)
    {
        SkipSpaces();
        var raw = !AtEnd && Current == '{' ? ReadRawArgument() : ReadCharacter();
        if (raw.IndexOfAny('\\', '$', '{') < 0)
            return Text(raw.ToString(), font);
        List<MathNode> parts = [];
        while (!raw.IsEmpty && !_failed)
        {
            var math = raw.IndexOf('$');
            var text = math < 0 ? raw : raw[..math];
            if (!text.IsEmpty)
                parts.Add(ParseTextPart(text, font));
            if (math < 0)
                break;
            raw = raw[(math + 1)..];
            var close = raw.IndexOf('$');
            if (close < 0)
                return Fail();
            parts.Add(ParseNested(raw[..close], MathFont.Default));
            raw = raw[(close + 1)..];
        }
        return parts is [var only] ? only : new MathRow(parts);
    }

    private MathNode ParseTextPart(ReadOnlySpan<char> part, MathFont font)
    {
        var decoded = TexAccents.Decode(part.ToString()).Replace(@"\ ", " ").Replace(@"\_", "_").Replace(@"\,", " ");
        // Authors also put formulas into \text without dollars.
        return decoded.AsSpan().IndexOfAny('\\', '{', '}') < 0
            ? Text(decoded, font)
            : ParseNested(decoded, font == MathFont.Default ? MathFont.Roman : font);
    }

    private static MathLeaf Text(string text, MathFont font) => new(text.Replace('~', ' '), MathLeafKind.Text, Font: font);

    private ReadOnlySpan<char> ReadCharacter()
    {
        if (AtEnd || Current is '\\' or '}')
        {
            Fail();
            return default;
        }
        Rune.DecodeFromUtf16(_source[_position..], out _, out var length);
        _position += length;
        return _source.Slice(_position - length, length);
    }

    private MathSpace ParseDimension()
    {
        SkipSpaces();
        var raw = !AtEnd && Current == '{' ? ReadRawArgument() : ReadDimension();
        var unit = raw.TrimEnd().EndsWith("em") ? 1.0 : raw.TrimEnd().EndsWith("mu") ? 1.0 / 18 : 0.1;
        var digits = raw.IndexOfAnyExcept(_numberCharacters);
        return double.TryParse(digits < 0 ? raw : raw[..digits], CultureInfo.InvariantCulture, out var amount)
            ? new MathSpace(Math.Clamp(amount * unit, 0, 4))
            : new MathSpace(0);
    }

    private ReadOnlySpan<char> ReadDimension()
    {
        var start = _position;
        while (!AtEnd && (char.IsAsciiDigit(Current) || Current is '-' or '.'))
            _position++;
        while (!AtEnd && char.IsAsciiLetterLower(Current) && _position - start < 12)
            _position++;
        return _source[start.._position];
    }

    private MathTable ParseSubstack()
    {
        SkipSpaces();
        Expect('{');
        var rows = ParseTableRows();
        Expect('}');
        return new MathTable(rows, MathTableKind.Matrix, "", "", "");
    }

    private MathNode ParseEnvironment()
    {
        var name = ReadRawArgument().ToString();
        var columns = "";
        switch (name)
        {
            case "array" or "subarray" or "alignedat" or "alignat" or "alignat*" or "tabular":
                ParseOptionalArgument();
                columns = ReadRawArgument().ToString();
                break;
            case "equation" or "equation*" or "math" or "displaymath":
                var body = ParseRow(RowEnd.Source);
                return ExpectEnd(name) ? body : Fail();
        }
        var (kind, left, right) = name switch
        {
            "matrix" or "smallmatrix" or "array" or "subarray" or "tabular" or "gathered" or "gather" or "gather*" or "multline" or "multline*"
                => (MathTableKind.Matrix, "", ""),
            "pmatrix" => (MathTableKind.Matrix, "(", ")"),
            "bmatrix" => (MathTableKind.Matrix, "[", "]"),
            "Bmatrix" => (MathTableKind.Matrix, "{", "}"),
            "vmatrix" => (MathTableKind.Matrix, "|", "|"),
            "Vmatrix" => (MathTableKind.Matrix, "‖", "‖"),
            "cases" or "dcases" => (MathTableKind.Cases, "{", ""),
            "rcases" => (MathTableKind.Cases, "", "}"),
            "aligned" or "align" or "align*" or "alignedat" or "alignat" or "alignat*" or "split" or "eqnarray" or "eqnarray*" or "flalign" or "flalign*"
                => (MathTableKind.Aligned, "", ""),
            _ => (MathTableKind.Matrix, null!, ""),
        };
        if (left is null)
            return Fail();
        var rows = ParseTableRows();
        return ExpectEnd(name) ? new MathTable(rows, kind, left, right, columns) : Fail();
    }

    private List<IReadOnlyList<MathNode>> ParseTableRows()
    {
        List<IReadOnlyList<MathNode>> rows = [];
        List<MathNode> row = [];
        while (!_failed)
        {
            SkipSpaces();
            while (NextIs(@"\hline"))
            {
                _position += 6;
                SkipSpaces();
            }
            row.Add(ParseRow(RowEnd.Cell));
            if (!AtEnd && Current == '&')
            {
                _position++;
                continue;
            }
            rows.Add(row);
            if (!NextIs(@"\\") && !NextIs(@"\cr"))
                break;
            _position += NextIs(@"\\") ? 2 : 3;
            ParseOptionalArgument();
            row = [];
        }
        // A line end before \end opens no row.
        if (rows.Count > 1 && rows[^1] is [MathRow { Children.Count: 0 }])
            rows.RemoveAt(rows.Count - 1);
        return rows;
    }

    private bool ExpectEnd(string environment)
    {
        if (!NextIs(@"\end"))
            return false;
        _position += 4;
        return ReadRawArgument().SequenceEqual(environment);
    }

    private void Expect(char expected)
    {
        if (AtEnd || Current != expected)
            Fail();
        else
            _position++;
    }

    /// <summary>The text between balanced braces, unparsed.</summary>
    private ReadOnlySpan<char> ReadRawArgument()
    {
        SkipSpaces();
        if (AtEnd || Current != '{')
        {
            Fail();
            return default;
        }
        var start = ++_position;
        for (var open = 1; !AtEnd; _position++)
        {
            if (Current == '\\' && _position + 1 < _source.Length)
                _position++;
            else if (Current == '{')
                open++;
            else if (Current == '}' && --open == 0)
                return _source[start.._position++];
        }
        Fail();
        return default;
    }

    /// <summary>Reads a backslash and a word of letters (with <c>operatorname</c>'s star), or one other character.</summary>
    private ReadOnlySpan<char> ReadCommand()
    {
        var name = PeekCommand();
        _position += name.Length + 1;
        if (name is "hspace" or "operatorname" or "tag" && !AtEnd && Current == '*')
            name = _source.Slice(_position++ - name.Length, name.Length + 1);
        return name;
    }

    private readonly ReadOnlySpan<char> PeekCommand()
    {
        var start = _position + 1;
        var end = start;
        while (end < _source.Length && char.IsAsciiLetter(_source[end]))
            end++;
        return end == start ? _source[start..Math.Min(start + 1, _source.Length)] : _source[start..end];
    }

    private readonly bool NextIs(string text) => _source[_position..].StartsWith(text);

    /// <summary>True where <paramref name="command"/> is only the beginning of a longer name, such as <c>\rightarrow</c>.</summary>
    private readonly bool NextIsLonger(string command) =>
        _position + command.Length < _source.Length && char.IsAsciiLetter(_source[_position + command.Length]);

    private void SkipSpaces()
    {
        while (!AtEnd && Current is ' ' or '\n' or '\r' or '\t')
            _position++;
    }

    private static bool TryGetFontCommand(ReadOnlySpan<char> name, out MathFont font)
    {
        font = name switch
        {
            "mathrm" or "mathup" or "symrm" => MathFont.Roman,
            "mathbf" or "boldsymbol" or "bm" or "mathbfit" or "pmb" or "boldmath" or "bold" or "symbf" or "mb" or "mathbold" or "vct" or "mat" or "vect" => MathFont.Bold,
            "mathit" or "mathnormal" or "symit" => MathFont.Italic,
            "mathsf" => MathFont.Sans,
            "mathtt" => MathFont.Typewriter,
            "mathbb" or "mathds" or "mathbbm" or "Bbb" => MathFont.Blackboard,
            "mathcal" or "mathscr" or "mc" => MathFont.Calligraphic,
            "mathfrak" or "frak" => MathFont.Fraktur,
            _ => MathFont.Default,
        };
        if (name is "boldsymbol" or "bm" or "pmb" or "mathbfit")
            font = MathFont.BoldItalic;
        return font != MathFont.Default;
    }

    private static bool TryGetFontDeclaration(ReadOnlySpan<char> name, out MathFont font)
    {
        font = name switch
        {
            "cal" or "mathcal" or "scr" => MathFont.Calligraphic,
            "rm" or "rmfamily" => MathFont.Roman,
            "bf" or "bfseries" => MathFont.Bold,
            "it" or "em" or "sl" => MathFont.Italic,
            "sf" or "sffamily" => MathFont.Sans,
            "tt" or "ttfamily" => MathFont.Typewriter,
            _ => MathFont.Default,
        };
        return font != MathFont.Default && name is not "mathcal"
            || name is "tiny" or "scriptsize" or "footnotesize" or "small" or "normalsize" or "large" or "Large" or "sc" or "scshape" or "upshape";
    }

    private static bool TryGetTextFont(ReadOnlySpan<char> name, out MathFont font)
    {
        font = name switch
        {
            "textbf" => MathFont.Bold,
            "textit" or "textsl" or "emph" => MathFont.Italic,
            "texttt" => MathFont.Typewriter,
            "textsf" => MathFont.Sans,
            _ => MathFont.Default,
        };
        return font != MathFont.Default
            || name is "text" or "textrm" or "textnormal" or "textup" or "textsc" or "textmd" or "mbox" or "hbox" or "intertext" or "makebox";
    }

    private static bool TryGetSize(ReadOnlySpan<char> name, out double size)
    {
        size = name switch
        {
            "big" or "bigl" or "bigr" or "bigm" => 1.2,
            "Big" or "Bigl" or "Bigr" or "Bigm" => 1.8,
            "bigg" or "biggl" or "biggr" or "biggm" => 2.4,
            "Bigg" or "Biggl" or "Biggr" or "Biggm" => 3.0,
            _ => 0,
        };
        return size > 0;
    }
}
