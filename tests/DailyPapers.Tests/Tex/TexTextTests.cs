using System.Diagnostics;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using DailyPapers.Tex;

namespace DailyPapers.Tests.Tex;

public sealed class TexTextTests
{
    [Theory]
    [InlineData(@"\emph{Fast} and \textbf{strong} \texttt{code}", "<em>Fast</em> and <strong>strong</strong> <code>code</code>")]
    [InlineData(@"{\em Fast} and {\bf strong}", "<em>Fast</em> and <strong>strong</strong>")]
    [InlineData(@"{\bf a \em b} c", "<strong>a <em>b</em></strong> c")]
    [InlineData(@"access to an \em oracle", "access to an oracle")]
    [InlineData(@"\emph{open", "<em>open</em>")]
    [InlineData(@"\textsc{BaggedCNN} \underline{D}eep", "BaggedCNN Deep")]
    [InlineData(@"AOBB\textsuperscript{*}", "AOBB<sup>*</sup>")]
    [InlineData(@"50\% of A\&B in x\_y \#1", "50% of A&amp;B in x_y #1")]
    [InlineData("a < b & c > \"d\"", "a &lt; b &amp; c &gt; &quot;d&quot;")]
    [InlineData(@"Erd\H{o}s--R\'enyi", "Erdős–Rényi")]
    [InlineData("Fig.~3 and ~9K", "Fig.\u00A03 and ~9K")]
    [InlineData(@"as in \cite{smith2020, doe}", "as in [smith2020, doe]")]
    [InlineData(@"our \mymethod{} wins", @"our <code class=""tex"">\mymethod</code> wins")]
    [InlineData("{BERT} on labels {0,1}", "BERT on labels {0,1}")]
    [InlineData("my_file_name and x_train", "my_file_name and x_train")]
    [InlineData("$5 million, against $7 million", "$5 million, against $7 million")]
    [InlineData(@"costs \$5 and \$6", "costs $5 and $6")]
    public void Text_markup_becomes_html(string source, string expected) => Assert.Equal(expected, TexText.ParseTitle(source).ToHtml());

    [Fact]
    public void Abstracts_have_paragraphs_and_https_links_only()
    {
        var html = TexText.ParseAbstract("One.\n\nSee \\url{https://example.org/a\\_b}, https://example.org/~c.\n\\href{http://example.org}{plain}").ToHtml();

        Assert.Equal(
            "<p>One.</p><p>See <a rel=\"nofollow noopener\" href=\"https://example.org/a_b\">https://example.org/a_b</a>, "
            + "<a rel=\"nofollow noopener\" href=\"https://example.org/~c\">https://example.org/~c</a>. plain</p>",
            html);
    }

    [Fact]
    public void Titles_have_neither_links_nor_paragraphs() =>
        Assert.Equal("A https://example.org B", TexText.ParseTitle("A \\url{https://example.org}\n\nB").ToHtml());

    [Theory]
    [InlineData(@"\href{javascript:alert(1)}{click}")]
    [InlineData(@"\url{javascript:alert(1)}")]
    [InlineData(@"\url{https://user:password@example.org}")]
    [InlineData(@"\url{data:text/html,x}")]
    [InlineData(@"\href{//example.org}{x}")]
    public void Unsafe_addresses_are_no_links(string source) => Assert.DoesNotContain("<a", TexText.ParseAbstract(source).ToHtml(), StringComparison.Ordinal);

    [Theory]
    [InlineData(@"$O(n^2)$", "O(n²)")]
    [InlineData(@"$\mathcal{O}(n \log n)$", "O(n log n)")]
    [InlineData(@"$x_n \leq \sqrt{x}$", "xₙ ≤ √x")]
    [InlineData(@"$\mathbb{E}[X] \in \mathbb{R}^d$", "𝔼[X] ∈ ℝᵈ")]
    [InlineData(@"$\frac{a}{b} + \frac{a+b}{2n}$", "a/b + (a + b)/(2n)")]
    [InlineData(@"$\nabla f \to 0$", "∇f → 0")]
    [InlineData(@"$\tilde{O}(\sqrt{T})$", "Õ(√T)")]
    [InlineData(@"$10^{-3}$ and $10^-3$", "10⁻³ and 10⁻³")]
    [InlineData(@"$x^{\omega-2} y_{new} z_{a,b}$", "x^(ω−2) y_new z_(a,b)")]
    [InlineData(@"$\epsilon$-stationary, $\ell_\infty$-norm", "ε-stationary, ℓ_∞-norm")]
    [InlineData(@"$A^\top A = I$, $f'(x^*)$", "AᵀA = I, f′(x*)")]
    [InlineData(@"$\sum_{i=1}^N \Delta_i^{-2}$", "∑ᵢ₌₁ᴺ Δᵢ⁻²")]
    [InlineData(@"$\max_\theta \min_{x \in X} f$", "max_θ min_(x∈X) f")]
    [InlineData(@"$\arg\min_x \|x\|_2$", "arg minₓ ‖x‖₂")]
    [InlineData(@"$-1 < x = -2$", "−1 < x = −2")]
    [InlineData(@"$\binom{n}{k} \not= \sqrt[3]{x+1}$", "(n choose k) ≠ ∛(x + 1)")]
    [InlineData(@"$\begin{pmatrix} a & b \\ c & d \end{pmatrix}$", "(a b; c d)")]
    [InlineData(@"$f(x)=\begin{cases} 1 & \text{if } x>0 \\ 0 \end{cases}$", "f(x) = {1, if x > 0; 0")]
    [InlineData(@"$32\times32$", "32 × 32")]
    [InlineData(@"$\{x \mid x > 0\}$", "{x ∣ x > 0}")]
    [InlineData(@"$\left(\frac12\right)^2$", "(1/2)²")]
    [InlineData(@"$\underbrace{a+b}_{n}$", "(a + b)ₙ")]
    [InlineData(@"$a \xrightarrow{d} b$", "a →ᵈ b")]
    [InlineData(@"$x \bmod n$, $a \equiv b \pmod{n}$", "x mod n, a ≡ b (mod n)")]
    [InlineData(@"a rate of O(n^2), x_t and \alpha-divergence in \mathbb{R}^2", "a rate of O(n²), xₜ and α-divergence in ℝ²")]
    [InlineData(@"O(\sqrt{T}\log N) and 2^{-n}", "O(√T log N) and 2⁻ⁿ")]
    [InlineData(@"\mathcalO(1/\sqrtT) over \mathbbR^n", "O(1/√T) over ℝⁿ")]
    [InlineData(@"``Deep'' \emph{nets}~\cite{a} --- `fast'", "“Deep” nets [a] — ‘fast’")]
    [InlineData(@"$\foo{x}$", @"\foo{x}")]
    [InlineData(@"from \$5 to $x$", "from $5 to x")]
    public void Plain_text_is_unicode(string source, string expected) => Assert.Equal(expected, TexText.ParseTitle(source).ToPlainText());

    [Fact]
    public void Plain_text_parts_paragraphs_by_blank_lines() =>
        Assert.Equal("One two.\n\nThree", TexText.ParseAbstract("  One\n two. \n \n\nThree\n").ToPlainText());

    [Fact]
    public void Unknown_commands_show_the_whole_formula_as_source()
    {
        var text = TexText.ParseTitle(@"In $\foo<x>$ time");

        Assert.Equal(@"In <code class=""tex"">\foo&lt;x&gt;</code> time", text.ToHtml());
        Assert.Equal([@"\foo<x>"], text.UnconvertedFormulas);
        Assert.Equal(1, text.FormulaCount);
    }

    [Fact]
    public void Html_is_well_formed_and_harmless_whatever_comes() => TexSamples.Markup.Sample(source =>
    {
        foreach (var html in new[] { TexText.ParseTitle(source).ToHtml(), TexText.ParseAbstract(source).ToHtml() })
        {
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            var root = Load(html);
            foreach (var element in root.Descendants())
            {
                Assert.Contains(element.Name.LocalName, _allowedElements);
                foreach (var attribute in element.Attributes())
                {
                    Assert.Contains(attribute.Name.LocalName, _allowedAttributes);
                    Assert.False(attribute.Name.LocalName == "href" && !attribute.Value.StartsWith("https://", StringComparison.Ordinal), attribute.Value);
                }
            }
        }
    }, iter: 3_000);

    [Fact]
    public void Scripts_and_fractions_have_as_many_children_as_MathML_demands() => TexSamples.Markup.Sample(source =>
    {
        foreach (var element in Load(TexText.ParseAbstract(source).ToHtml()).Descendants())
        {
            var expected = element.Name.LocalName switch
            {
                "msub" or "msup" or "mfrac" or "mover" or "munder" or "mroot" or "semantics" => 2,
                "msubsup" or "munderover" => 3,
                "math" => 1,
                _ => element.Elements().Count(),
            };
            Assert.True(expected == element.Elements().Count(), $"{element.Name} has {element.Elements().Count()} children in {element}");
        }
    }, iter: 3_000);

    [Fact]
    public void Plain_text_has_no_control_characters() => TexSamples.Markup.Sample(source =>
    {
        Assert.DoesNotContain(TexText.ParseTitle(source).ToPlainText(), char.IsControl);
        var text = TexText.ParseAbstract(source).ToPlainText();
        Assert.DoesNotContain(text.Replace("\n\n", "", StringComparison.Ordinal), char.IsControl);
        Assert.True(text.IsNormalized(NormalizationForm.FormC));
    }, iter: 3_000);

    [Theory]
    [InlineData("$")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("\\")]
    [InlineData(@"\(")]
    [InlineData(@"\frac{")]
    [InlineData(@"$\x$")]
    [InlineData(@"$\frac{1}{2}$ ")]
    [InlineData(@"$\text{")]
    [InlineData("x^{")]
    [InlineData("x_")]
    [InlineData(@"\url{")]
    [InlineData(@"\emph{")]
    [InlineData(@"{\em a")]
    [InlineData("a\n\n")]
    [InlineData("https://a.b/ ")]
    [InlineData(@"\begin{align}")]
    [InlineData("`a")]
    [InlineData("\u0301\u0323")]
    [InlineData(@"\""")]
    public void Time_and_output_are_linear_in_hostile_input(string unit)
    {
        var source = string.Concat(Enumerable.Repeat(unit, 300_000 / unit.Length));
        var watch = Stopwatch.StartNew();

        var text = TexText.ParseAbstract(source);
        var html = text.ToHtml();
        var plain = text.ToPlainText();
        TexAccents.Decode(source);

        // Linear time is tens of milliseconds; what is quadratic takes minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}");
        Assert.InRange(html.Length, 0, 12 * source.Length + 2_000_000);
        Assert.InRange(plain.Length, 0, 2 * source.Length);
    }

    [Fact]
    public void Nesting_beyond_the_limit_falls_back_to_source()
    {
        var formula = string.Concat(Enumerable.Repeat(@"\sqrt{", 100)) + "x" + new string('}', 100);

        Assert.Equal([formula], TexText.ParseTitle($"${formula}$").UnconvertedFormulas);
        Assert.Equal("x", TexText.ParseTitle(new string('{', 100_000) + "x" + new string('}', 100_000)).ToPlainText());
    }

    private static readonly HashSet<string> _allowedElements =
    [
        "p", "br", "em", "strong", "code", "sup", "sub", "a", "math", "semantics", "annotation", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msub", "msup", "msubsup",
        "munder", "mover", "munderover", "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mstyle", "mphantom",
    ];

    private static readonly HashSet<string> _allowedAttributes =
    [
        "class", "rel", "href", "display", "encoding", "mathvariant", "stretchy", "fence", "symmetric", "form", "lspace", "rspace", "minsize", "maxsize", "width",
        "linethickness", "displaystyle", "accent", "accentunder", "movablelimits",
    ];

    private static XElement Load(string html)
    {
        using var reader = XmlReader.Create(new StringReader($"<root>{html}</root>"), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }
}
