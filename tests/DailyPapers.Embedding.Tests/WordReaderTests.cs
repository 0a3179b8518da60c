using CsCheck;
using DailyPapers.Embedding.Text;

namespace DailyPapers.Embedding.Tests;

public sealed class WordReaderTests
{
    [Theory]
    [InlineData("Over-parameterised MLPs", "over parameterized mlp")]
    [InlineData("overparametrized overparametrised overparameterised", "overparameterized overparameterized overparameterized")]
    [InlineData("Modelling colour behaviour of neighbouring centres", "modeling color behavior of neighboring center")]
    [InlineData("Newton's method, Lagrange’s multipliers", "newton method lagrange multiplier")]
    [InlineData("Erdős–Rényi ﬁnite Gödel naïve", "erdo renyi finite godel naive")]
    [InlineData("Erdo\u0301s Re\u0301nyi", "erdo renyi")]
    [InlineData("α-divergence and $\\alpha$-divergence", "alpha divergence and alpha divergence")]
    [InlineData("\\emph{Attention} in $\\mathcal{O}(n^2)$", "attention in o n 2")]
    [InlineData("Schr\\\"odinger", "schrodinger")]
    [InlineData("𝐋𝐨𝐑𝐀 ＧＡＮ x²", "lora gan x2")]
    [InlineData("studies boxes classes analyses", "study box class analyze")]
    [InlineData("ResNet-50, GPT4, 3D", "resnet 50 gpt4 3d")]
    [InlineData("", "")]
    [InlineData("… — 你好", "")]
    public void Words_come_in_one_form(string text, string expected) => Assert.Equal(expected, string.Join(' ', Words(text)));

    [Fact]
    public void Words_of_a_phrase_are_also_read_together_but_not_across_its_end()
    {
        Assert.Equal(["multilayer", "layernetwork"], Joined("multi-layer networks"));
        Assert.Empty(Joined("one. two, three (four)"));
        Assert.Equal(["multilayer"], Joined("multi layer"));
    }

    [Fact]
    public void Capitals_make_no_difference() =>
        Gen.String[Gen.Char.AlphaNumeric, 0, 80].Sample(text => Assert.Equal(Words(text.ToLowerInvariant()), Words(text.ToUpperInvariant())));

    [Fact]
    public void Any_text_is_read_to_its_end_in_words_of_bounded_length() => Gen.String.Sample(text =>
    {
        foreach (var word in Words(text))
        {
            Assert.InRange(word.Length, 1, WordReader.LongestWord);
            Assert.All(word, letter => Assert.True(char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)));
        }
    });

    [Fact]
    public void A_long_word_is_cut() => Assert.Equal([new string('a', WordReader.LongestWord)], Words(new string('a', 500)));

    [Fact]
    public void A_short_buffer_is_refused() => Assert.Throws<ArgumentException>(() => new WordReader("text", new char[10]).Read());

    internal static List<string> Words(string text)
    {
        Span<char> buffer = stackalloc char[WordReader.BufferLength];
        var reader = new WordReader(text, buffer);
        var words = new List<string>();
        while (reader.Read())
            words.Add(reader.Word.ToString());
        return words;
    }

    private static List<string> Joined(string text)
    {
        Span<char> buffer = stackalloc char[WordReader.BufferLength];
        var reader = new WordReader(text, buffer);
        var pairs = new List<string>();
        while (reader.Read())
        {
            if (reader.Joined.Length > 0)
                pairs.Add(reader.Joined.ToString());
        }
        return pairs;
    }
}
