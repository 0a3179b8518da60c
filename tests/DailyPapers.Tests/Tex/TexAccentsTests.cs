using System.Text;
using CsCheck;
using DailyPapers.Tex;

namespace DailyPapers.Tests.Tex;

public sealed class TexAccentsTests
{
    [Theory]
    [InlineData(@"Schr\""odinger", "Schrödinger")]
    [InlineData(@"Schr{\""o}dinger", "Schrödinger")]
    [InlineData(@"Schr\""{o}dinger", "Schrödinger")]
    [InlineData(@"{Schr\""odinger}", "Schrödinger")]
    [InlineData(@"{\'E}cole", "École")]
    [InlineData(@"\'Ecole", "École")]
    [InlineData(@"\v{S}koda", "Škoda")]
    [InlineData(@"\v Skoda", "Škoda")]
    [InlineData(@"Erd\H{o}s", "Erdős")]
    [InlineData(@"Erd{\H o}s", "Erdős")]
    [InlineData(@"S\o ren", "Søren")]
    [InlineData(@"S{\o}ren", "Søren")]
    [InlineData(@"J\o{}rgen", "Jørgen")]
    [InlineData(@"{\L}ukasz", "Łukasz")]
    [InlineData(@"\L{}ukasz Ma\l{}ek", "Łukasz Małek")]
    [InlineData(@"Gau\ss", "Gauß")]
    [InlineData(@"Na\""\i ve", "Naïve")]
    [InlineData(@"Na{\""\i}ve", "Naïve")]
    [InlineData(@"Mart\'{\i}nez", "Martínez")]
    [InlineData(@"Mu\~noz", "Muñoz")]
    [InlineData(@"Gar\c{c}on", "Garçon")]
    [InlineData(@"K\k{a}tny", "Kątny")]
    [InlineData(@"\r{A}ngstr\""om", "Ångström")]
    [InlineData(@"\AA ngstr\""om", "Ångström")]
    [InlineData(@"Nguy\~{\^e}n", "Nguyễn")]
    [InlineData(@"\'{\ae}", "ǽ")]
    [InlineData(@"Ho\'{a}ng \.{I}stanbul \u{g} \=a \d{a} \b{b}", "Hoáng İstanbul ğ ā ạ ḇ")]
    [InlineData("J.~R.~Smith", "J. R. Smith")]
    [InlineData("one---two--three", "one—two–three")]
    [InlineData("``Attention'' is `all' you need", "“Attention” is ‘all’ you need")]
    [InlineData("Don't stop", "Don't stop")]
    [InlineData(@"Q\&A at 50\% \#1", "Q&A at 50% #1")]
    [InlineData("{BERT}: Pre-training of {Deep} Transformers", "BERT: Pre-training of Deep Transformers")]
    public void Decodes_accents_letters_and_ligatures(string source, string expected) => Assert.Equal(expected, TexAccents.Decode(source));

    [Theory]
    [InlineData(@"Bounds of $\tilde{O}(\sqrt{T})$ and $x--y$")]
    [InlineData(@"\(\hat{x}\) and \[\bar{y}\]")]
    [InlineData(@"\emph{Fast} \textbf{a} at \url{https://example.org/~a--b/x}")]
    [InlineData(@"\href{https://example.org/a--b}{here}")]
    [InlineData("see https://example.org/~me/a--b now")]
    [InlineData("labels in {0,1} and {-1, +1}")]
    [InlineData("about ~9K tables, 90~160x")]
    [InlineData(@"regret \O(\sqrt{T}) and n^{2}")]
    [InlineData(@"costs \$5 in a\_b")]
    [InlineData("")]
    [InlineData("Straße – Ünïcode")]
    public void Leaves_formulas_links_and_plain_text_alone(string source) => Assert.Equal(source, TexAccents.Decode(source));

    [Fact]
    public void Composes_and_removes_what_only_deceives() =>
        Assert.Equal("é ab c", TexAccents.Decode("e\u0301 a\u202Eb\u0007 \U000E0041c\uD800"));

    [Fact]
    public void Never_throws_and_always_composes() => TexSamples.Markup.Sample(source =>
    {
        var decoded = TexAccents.Decode(source);
        Assert.True(decoded.IsNormalized(NormalizationForm.FormC));
        Assert.True(decoded.Length <= source.Length * 2);
    });
}
