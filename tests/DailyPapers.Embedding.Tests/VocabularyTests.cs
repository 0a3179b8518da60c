using CsCheck;
using DailyPapers.Embedding.Text;

namespace DailyPapers.Embedding.Tests;

public sealed class VocabularyTests
{
    private static readonly Vocabulary Known = new(["neural", "network", "over", "parameterized", "neuralnetwork", "overparameterized", "net"]);

    [Theory]
    [InlineData("Neural networks", "neural network neuralnetwork")]
    [InlineData("over-parameterised", "over parameterized overparameterized")]
    [InlineData("overparametrized", "overparameterized")]
    [InlineData("neural, network", "neural network")]
    [InlineData("hypernetworks", "network")]
    [InlineData("unknown words", "")]
    public void A_text_yields_words_pairs_and_the_parts_of_unknown_words(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Tokens(Known, text)));

    [Fact]
    public void Every_token_is_found_at_its_place() => Gen.String[Gen.Char.AlphaNumeric, 1, Vocabulary.LongestToken].HashSet[0, 200].Sample(tokens =>
    {
        var list = tokens.ToList();
        var vocabulary = new Vocabulary(list);
        Assert.Equal(list.Count, vocabulary.Count);
        for (var i = 0; i < list.Count; i++)
        {
            Assert.Equal(i, vocabulary.Find(list[i]));
            Assert.Equal(list[i], vocabulary[i].ToString());
        }
        Assert.Equal(-1, vocabulary.Find("not-a-token"));
    });

    [Fact]
    public void Any_text_fits_the_room_that_is_promised() => Gen.Select(Gen.String, Gen.Int[0, 3]).Sample((text, times) =>
    {
        var whole = string.Concat(Enumerable.Repeat(text, times));
        var tokens = new int[Vocabulary.MostTokens(whole.Length)];
        Assert.InRange(StaticEmbeddingModel.Shipped.Vocabulary.Tokenize(whole, tokens), 0, tokens.Length);
    });

    [Fact]
    public void Greek_letters_whose_names_are_many_parts_fit_too()
    {
        var vocabulary = new Vocabulary(["alph", "beta", "gamm", "omic", "upsi", "delt", "epsi", "lamb"]);
        var text = string.Concat(Enumerable.Repeat("αβγομυδελ", 40));
        Assert.NotEmpty(Tokens(vocabulary, text));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Known.Tokenize("neural network", new int[3]));
        Assert.Throws<ArgumentException>(() => new Vocabulary(["a", "b", "a"]));
        Assert.Throws<ArgumentException>(() => new Vocabulary([""]));
        Assert.Throws<ArgumentException>(() => new Vocabulary([new string('a', Vocabulary.LongestToken + 1)]));
    }

    private static IEnumerable<string> Tokens(Vocabulary vocabulary, string text)
    {
        var tokens = new int[Vocabulary.MostTokens(text.Length)];
        return tokens[..vocabulary.Tokenize(text, tokens)].Select(token => vocabulary[token].ToString());
    }
}
