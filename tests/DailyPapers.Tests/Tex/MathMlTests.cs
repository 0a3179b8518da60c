using DailyPapers.Tex;

namespace DailyPapers.Tests.Tex;

public sealed class MathMlTests
{
    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("12.5", "<mn>12.5</mn>")]
    [InlineData("x^2", "<msup><mi>x</mi><mn>2</mn></msup>")]
    [InlineData("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData("x^{n+1}", "<msup><mi>x</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msup>")]
    [InlineData("f'", "<msup><mi>f</mi><mi>′</mi></msup>")]
    [InlineData("f''_i", "<msubsup><mi>f</mi><mi>i</mi><mi>″</mi></msubsup>")]
    [InlineData(@"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData(@"a \over b", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>")]
    [InlineData(@"\dfrac ab", "<mfrac displaystyle=\"true\"><mi>a</mi><mi>b</mi></mfrac>")]
    [InlineData(@"\binom nk", "<mrow><mo form=\"prefix\">(</mo><mfrac linethickness=\"0\"><mi>n</mi><mi>k</mi></mfrac><mo form=\"postfix\">)</mo></mrow>")]
    [InlineData(@"\sqrt x", "<msqrt><mi>x</mi></msqrt>")]
    [InlineData(@"\sqrt[3]{x}", "<mroot><mi>x</mi><mrow><mn>3</mn></mrow></mroot>")]
    [InlineData(@"\hat{x}", "<mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">ˆ</mo></mover>")]
    [InlineData(@"\Gamma\alpha", "<mi mathvariant=\"normal\">Γ</mi><mi>α</mi>")]
    [InlineData(@"\mathbb{R}", "<mi>ℝ</mi>")]
    [InlineData(@"\mathbf{x}\mathcal{O}\mathfrak{g}\mathsf{A}\mathtt{b}", "<mi>𝐱</mi><mi>𝒪</mi><mi>𝔤</mi><mi>𝖠</mi><mi>𝚋</mi>")]
    [InlineData(@"\boldsymbol{\theta}\bm{x}", "<mi>𝜽</mi><mi>𝒙</mi>")]
    [InlineData(@"\mathrm{KL}\mathrm{d}", "<mi>KL</mi><mi mathvariant=\"normal\">d</mi>")]
    [InlineData("-1", "<mo form=\"prefix\">−</mo><mn>1</mn>")]
    [InlineData("a-b", "<mi>a</mi><mo>−</mo><mi>b</mi>")]
    [InlineData("(x)", "<mo stretchy=\"false\" form=\"prefix\">(</mo><mi>x</mi><mo stretchy=\"false\" form=\"postfix\">)</mo>")]
    [InlineData("a<b", "<mi>a</mi><mo stretchy=\"false\">&lt;</mo><mi>b</mi>")]
    [InlineData(@"\sum_{i}^n", "<msubsup><mo>∑</mo><mi>i</mi><mi>n</mi></msubsup>")]
    [InlineData(@"\sum\limits_i", "<munder><mo movablelimits=\"false\">∑</mo><mi>i</mi></munder>")]
    [InlineData(@"\log(n)", "<mi>log</mi><mo>\u2061</mo><mo stretchy=\"false\" form=\"prefix\">(</mo><mi>n</mi><mo stretchy=\"false\" form=\"postfix\">)</mo>")]
    [InlineData(@"n\log n", "<mi>n</mi><mspace width=\"0.1667em\"/><mi>log</mi><mo>\u2061</mo><mspace width=\"0.1667em\"/><mi>n</mi>")]
    [InlineData(@"\left. x \right)", "<mrow><mrow><mi>x</mi></mrow><mo fence=\"true\" stretchy=\"true\" symmetric=\"true\" form=\"postfix\">)</mo></mrow>")]
    [InlineData(@"\text{if } x", "<mtext>if\u00A0</mtext><mi>x</mi>")]
    [InlineData(@"\stackrel{d}{=}", "<mover><mo>=</mo><mi>d</mi></mover>")]
    [InlineData(@"\not\in", "<mo stretchy=\"false\">∉</mo>")]
    [InlineData(@"\color{red} x", "<mrow></mrow><mi>x</mi>")]
    public void Formulas_become_MathML_Core(string source, string expected) =>
        Assert.Equal(
            $"<math display=\"inline\"><semantics><mrow>{expected}</mrow><annotation encoding=\"application/x-tex\">{source.Replace("<", "&lt;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal)}</annotation></semantics></math>",
            TexText.ParseTitle($"${source}$").ToHtml());

    [Theory]
    [InlineData(@"$$\sum_i x$$")]
    [InlineData(@"\[\sum_i x\]")]
    [InlineData(@"\begin{equation}\sum_i x\end{equation}")]
    public void Displayed_formulas_are_blocks_with_limits_above_and_below(string source)
    {
        var html = TexText.ParseAbstract(source).ToHtml();

        Assert.StartsWith("<p><math display=\"block\">", html, StringComparison.Ordinal);
        Assert.Contains("<munder><mo movablelimits=\"false\">∑</mo><mi>i</mi></munder>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_have_rows_cells_and_alignment_classes()
    {
        var html = TexText.ParseTitle(@"$\begin{cases} 1 & a \\ 0 & b \\ \end{cases}$").ToHtml();

        Assert.Contains(
            "<mtable><mtr><mtd class=\"tex-left\"><mrow><mn>1</mn></mrow></mtd><mtd class=\"tex-left\"><mrow><mi>a</mi></mrow></mtd></mtr>"
            + "<mtr><mtd class=\"tex-left\"><mrow><mn>0</mn></mrow></mtd><mtd class=\"tex-left\"><mrow><mi>b</mi></mrow></mtd></mtr></mtable>",
            html,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"\def\x{y}\x")]
    [InlineData(@"\newcommand{\x}{y}")]
    [InlineData(@"\input{/etc/passwd}")]
    [InlineData(@"\frac{a}")]
    [InlineData(@"\left( x")]
    [InlineData(@"{x")]
    [InlineData(@"x}")]
    [InlineData(@"\begin{pmatrix} a")]
    public void Broken_or_unknown_formulas_stay_source(string source)
    {
        var text = TexText.ParseTitle($"${source}$");

        Assert.Equal([source], text.UnconvertedFormulas);
        Assert.Equal(source, text.ToPlainText());
    }
}
