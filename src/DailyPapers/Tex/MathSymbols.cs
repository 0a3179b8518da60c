using System.Collections.Frozen;

namespace DailyPapers.Tex;

/// <summary>The symbols, function names, delimiters and accents that TeX math commands name.</summary>
internal static class MathSymbols
{
    private static readonly FrozenDictionary<string, MathLeaf> _commands = BuildCommands();

    private static readonly FrozenDictionary<string, MathLeaf>.AlternateLookup<ReadOnlySpan<char>> _commandLookup =
        _commands.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<char, MathLeaf> _characters = BuildCharacters();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _delimiterLookup =
        ParsePairs("""
            langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } lbrack [ rbrack ] { { } } | ‖
            vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ backslash \ uparrow ↑ downarrow ↓ updownarrow ↕
            Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ lgroup ⟮ rgroup ⟯ lmoustache ⎰ rmoustache ⎱ llbracket ⟦ rrbracket ⟧
            ulcorner ⌜ urcorner ⌝ llcorner ⌞ lrcorner ⌟ lt ⟨ gt ⟩
            """).ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, MathAccentMark>.AlternateLookup<ReadOnlySpan<char>> _accentLookup =
        new Dictionary<string, MathAccentMark>
        {
            ["hat"] = new("ˆ", '\u0302'),
            ["widehat"] = new("ˆ", '\u0302', "\u0302"),
            ["wh"] = new("ˆ", '\u0302', "\u0302"),
            ["tilde"] = new("˜", '\u0303'),
            ["widetilde"] = new("˜", '\u0303', "˜"),
            ["wt"] = new("˜", '\u0303', "˜"),
            ["bar"] = new("¯", '\u0304'),
            ["overline"] = new("¯", '\u0305', "‾"),
            ["vec"] = new("→", '\u20D7'),
            ["overrightarrow"] = new("→", '\u20D7', "→"),
            ["overleftarrow"] = new("←", '\u20D6', "←"),
            ["Hat"] = new("ˆ", '\u0302'),
            ["Tilde"] = new("˜", '\u0303'),
            ["Bar"] = new("¯", '\u0304'),
            ["Vec"] = new("→", '\u20D7'),
            ["dot"] = new("˙", '\u0307'),
            ["ddot"] = new("¨", '\u0308'),
            ["dddot"] = new("⃛", '\u20DB'),
            ["breve"] = new("˘", '\u0306'),
            ["check"] = new("ˇ", '\u030C'),
            ["widecheck"] = new("ˇ", '\u030C', "ˇ"),
            ["acute"] = new("´", '\u0301'),
            ["grave"] = new("`", '\u0300'),
            ["mathring"] = new("˚", '\u030A'),
            ["underline"] = new("_", '\u0332', "\u0332", Under: true),
            ["underbar"] = new("_", '\u0332', "\u0332", Under: true),
            ["ubar"] = new("_", '\u0332', Under: true),
            ["utilde"] = new("˜", '\u0330', "˜", Under: true),
            ["overbrace"] = new("⏞", null, "⏞"),
            ["underbrace"] = new("⏟", null, "⏟", Under: true),
            ["overbracket"] = new("⎴", null, "⎴"),
            ["underbracket"] = new("⎵", null, "⎵", Under: true),
        }.ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, string> _negated =
        ParsePairs("""
            = ≠ < ≮ > ≯ ∈ ∉ ∋ ∌ ∃ ∄ ⊂ ⊄ ⊃ ⊅ ⊆ ⊈ ⊇ ⊉ ≤ ≰ ≥ ≱ ∼ ≁ ≃ ≄
            ≅ ≇ ≈ ≉ ≡ ≢ ∣ ∤ | ∤ ∥ ∦ ≺ ⊀ ≻ ⊁ ⊢ ⊬ ⊨ ⊭ → ↛ ← ↚ ⇒ ⇏ ⇐ ⇍
            ⇔ ⇎ ↔ ↮
            """).ToFrozenDictionary();

    /// <summary>A symbol or function by its command name, without the backslash.</summary>
    internal static bool TryGetCommand(ReadOnlySpan<char> name, out MathLeaf leaf) => _commandLookup.TryGetValue(name, out leaf!);

    /// <summary>A character that has a class of its own, such as <c>+</c> or <c>≤</c>.</summary>
    internal static bool TryGetCharacter(char c, out MathLeaf leaf) => _characters.TryGetValue(c, out leaf!);

    /// <summary>A delimiter by its command name, without the backslash.</summary>
    internal static bool TryGetDelimiter(ReadOnlySpan<char> name, out string delimiter) => _delimiterLookup.TryGetValue(name, out delimiter!);

    internal static bool TryGetAccent(ReadOnlySpan<char> name, out MathAccentMark mark) => _accentLookup.TryGetValue(name, out mark!);

    /// <summary>The relation with a stroke through it: <c>\not=</c>.</summary>
    internal static string Negate(string relation) =>
        _negated.TryGetValue(relation, out var negated) ? negated : relation + '\u0338';

    private static FrozenDictionary<string, MathLeaf> BuildCommands()
    {
        var commands = new Dictionary<string, MathLeaf>();
        Add(MathLeafKind.Identifier, MathClass.Ordinary, """
            alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ
            lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ
            chi χ psi ψ omega ω digamma ϝ ell ℓ imath ı jmath ȷ wp ℘ eps ε epsi ε veps ε ep ε vareps ε
            varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ varPsi Ψ varOmega Ω
            """);
        Add(MathLeafKind.Identifier, MathClass.Ordinary, """
            Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
            infty ∞ partial ∂ nabla ∇ hbar ℏ hslash ℏ Re ℜ Im ℑ aleph ℵ beth ℶ emptyset ∅ varnothing ∅ mho ℧ complement ∁
            forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡ prime ′ backprime ‵ degree °
            flat ♭ natural ♮ sharp ♯ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ checkmark ✓ surd √
            ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ textellipsis …
            triangle △ square □ Box □ blacksquare ■ qed ∎ bigstar ★ lozenge ◊ Diamond ◇ blacklozenge ⧫ blacktriangle ▲
            dag † ddag ‡ S § P ¶ pounds £ copyright © circledR ® yen ¥ maltese ✠ eth ð Finv Ⅎ Game ⅁ Bbbk 𝕜 AA Å
            textdegree ° textmu µ textdollar $ textasciitilde ~ textbar | textunderscore _ textbackslash \ textquotesingle '
            """, upright: true);
        Add(MathLeafKind.Operator, MathClass.Ordinary, """
            % % # # & & _ _ $ $ vert | Vert ‖ | ‖ backslash \ textpercent % lbrack [ rbrack ]
            """);
        Add(MathLeafKind.Operator, MathClass.Binary, """
            pm ± mp ∓ times × div ÷ cdot ⋅ centerdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙
            wedge ∧ land ∧ vee ∨ lor ∨ cap ∩ cup ∪ setminus ∖ smallsetminus ∖ uplus ⊎ sqcap ⊓ sqcup ⊔ diamond ⋄ wr ≀ amalg ⨿
            dagger † ddagger ‡ bigtriangleup △ bigtriangledown ▽ triangleleft ◃ triangleright ▹ ltimes ⋉ rtimes ⋊
            circledast ⊛ circledcirc ⊚ boxplus ⊞ boxtimes ⊠ boxminus ⊟ boxdot ⊡ barwedge ⌅ veebar ⊻ curlyvee ⋎ curlywedge ⋏
            intercal ⊺ dotplus ∔ divideontimes ⋇ oder ∨ texttimes × textpm ±
            """);
        Add(MathLeafKind.Operator, MathClass.Relation, """
            leq ≤ le ≤ leqslant ⩽ geq ≥ ge ≥ geqslant ⩾ neq ≠ ne ≠ ll ≪ gg ≫ lll ⋘ ggg ⋙ lt < gt > equiv ≡ approx ≈ approxeq ≊
            sim ∼ simeq ≃ cong ≅ propto ∝ varpropto ∝ asymp ≍ doteq ≐ triangleq ≜ defeq ≜ eqdef ≝ coloneqq ≔ coloneq ≔ Coloneqq ⩴ eqqcolon ≕
            in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ nsupseteq ⊉
            sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ Subset ⋐ Supset ⋑ prec ≺ succ ≻ preceq ⪯ succeq ⪰
            preccurlyeq ≼ succcurlyeq ≽ precsim ≾ succsim ≿ nprec ⊀ nsucc ⊁ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ lessgtr ≶ gtrless ≷ leqq ≦ geqq ≧
            nleq ≰ ngeq ≱ nless ≮ ngtr ≯ nsim ≁ ncong ≇ nmid ∤ nparallel ∦ mid ∣ parallel ∥ perp ⟂ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩ nvdash ⊬ nvDash ⊭
            smile ⌣ frown ⌢ bowtie ⋈ Join ⋈ between ≬ therefore ∴ because ∵ multimap ⊸ given ∣ independent ⫫ indep ⫫ Perp ⫫ vartriangleleft ⊲ vartriangleright ⊳
            trianglelefteq ⊴ trianglerighteq ⊵ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ circeq ≗ bumpeq ≏ Bumpeq ≎ backsim ∽ thicksim ∼ thickapprox ≈ risingdotseq ≓ fallingdotseq ≒
            to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ impliedby ⟸ iff ⟺
            longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼
            uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖
            hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋
            twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣ leftarrowtail ↢ rightsquigarrow ⇝ leadsto ⇝ rightrightarrows ⇉ leftleftarrows ⇇ upuparrows ⇈ rightleftarrows ⇄ leftrightarrows ⇆
            curvearrowright ↷ curvearrowleft ↶ circlearrowright ↻ circlearrowleft ↺ dashrightarrow ⇢ dashleftarrow ⇠ nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ nLeftrightarrow ⇎ nleftrightarrow ↮
            upharpoonright ↾ restriction ↾ upharpoonleft ↿ Lleftarrow ⇚ Rrightarrow ⇛ lightning ↯ pitchfork ⋔ textrightarrow → textleftarrow ←
            """);
        Add(MathLeafKind.Operator, MathClass.Operator, """
            int ∫ iint ∬ iiint ∭ oint ∮ intop ∫
            """);
        Add(MathLeafKind.Operator, MathClass.Operator, """
            sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄
            """, limits: true);
        Add(MathLeafKind.Operator, MathClass.Open, """
            lbrace { { { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lgroup ⟮ llbracket ⟦ ulcorner ⌜ llcorner ⌞
            """);
        Add(MathLeafKind.Operator, MathClass.Close, """
            rbrace } } } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rgroup ⟯ rrbracket ⟧ urcorner ⌝ lrcorner ⌟
            """);
        Add(MathLeafKind.Operator, MathClass.Punctuation, "colon : cdotp · ldotp . ");
        foreach (var name in Words("""
            arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh
            poly polylog sign sgn tr Tr trace rank diag Var Cov KL supp conv dist vol nnz prox proj softmax ReLU relu erf span
            Span OPT opt opts Unif Ber Bern Bin Poi vec vech dom im codim id Id Lip TV auc AUC mix gap MMD polyloglog loglog
            logit cost ord op spn SO SU GL GF SL Sym Tv Reg regret Regret Err err risk pdim VC NP negl card MSE SNR ALG alg LTF PTF
            """))
        {
            commands.TryAdd(name, new MathLeaf(name, MathLeafKind.Function, MathClass.Operator));
        }
        foreach (var name in Words("det gcd inf lim max min Pr sup"))
            commands[name] = new MathLeaf(name, MathLeafKind.Function, MathClass.Operator, Limits: true);
        foreach (var (name, text) in ParsePairs("""
            limsup lim_sup liminf lim_inf argmax arg_max argmin arg_min esssup ess_sup essinf ess_inf injlim inj_lim projlim proj_lim
            """))
        {
            commands[name] = new MathLeaf(text.Replace('_', ' '), MathLeafKind.Function, MathClass.Operator, Limits: true);
        }
        // Authors' own macros survive in abstracts. These are so widespread that their meaning is not in doubt.
        AddInFont(MathFont.Blackboard, "R R RR R reals R Reals R real R Real R N N NN N Z Z ZZ Z Q Q QQ Q C C CC C E E EE E PP P FF F KK K SS S prob P Ex E Prob P");
        AddInFont(MathFont.Calligraphic, "bigO O bigo O calo O scO O L L O O calO O H H T T X X Y Y D D F F K K A A G G");
        return commands.ToFrozenDictionary();

        void Add(MathLeafKind kind, MathClass atomClass, string pairs, bool upright = false, bool limits = false)
        {
            foreach (var (name, text) in ParsePairs(pairs))
                commands.TryAdd(name, new MathLeaf(text, kind, atomClass, Upright: upright, Limits: limits));
        }

        void AddInFont(MathFont font, string pairs)
        {
            foreach (var (name, text) in ParsePairs(pairs))
                commands.TryAdd(name, new MathLeaf(text, MathLeafKind.Identifier, Font: font));
        }
    }

    private static FrozenDictionary<char, MathLeaf> BuildCharacters()
    {
        var characters = new Dictionary<char, MathLeaf>();
        // A character typed as such means the same as the command that names it.
        foreach (var leaf in _commands.Values)
        {
            if (leaf.Text.Length == 1 && leaf.Text[0] > '\u007F' && leaf.Font == MathFont.Default)
                characters.TryAdd(leaf.Text[0], leaf);
        }
        Set("+±∓", MathClass.Binary);
        Set("=<>:", MathClass.Relation);
        Set("([", MathClass.Open);
        Set(")]", MathClass.Close);
        Set(",;", MathClass.Punctuation);
        Set("/|.!?@%#\"&‖", MathClass.Ordinary);
        characters['-'] = new MathLeaf("−", MathLeafKind.Operator, MathClass.Binary);
        characters['−'] = characters['-'];
        characters['*'] = new MathLeaf("∗", MathLeafKind.Operator, MathClass.Binary);
        characters['·'] = new MathLeaf("⋅", MathLeafKind.Operator, MathClass.Binary);
        foreach (var c in "–—")
            characters[c] = new MathLeaf(c.ToString(), MathLeafKind.Operator, MathClass.Binary);
        return characters.ToFrozenDictionary();

        void Set(string text, MathClass atomClass)
        {
            foreach (var c in text)
                characters[c] = new MathLeaf(c.ToString(), MathLeafKind.Operator, atomClass);
        }
    }

    /// <summary>Reads names and texts in turn, parted by blanks.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> ParsePairs(string pairs)
    {
        var words = Words(pairs);
        for (var i = 0; i + 1 < words.Length; i += 2)
            yield return new KeyValuePair<string, string>(words[i], words[i + 1]);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
