using DailyPapers.Lab.Data;

namespace DailyPapers.Lab.Tests.Data;

public sealed class GrammarTextTests
{
    [Fact]
    public void A_seed_always_gives_the_same_text_and_another_a_different_one()
    {
        var text = GrammarText.Draw(5000, new Seed(1));
        Assert.Equal(5000, text.Tokens.Count);
        Assert.Equal(text.ToString(), GrammarText.Draw(5000, new Seed(1)).ToString());
        Assert.NotEqual(text.ToString(), GrammarText.Draw(5000, new Seed(2)).ToString());
        Assert.All(text.Tokens, token => Assert.InRange(token, 0, text.Symbols.Count - 1));
    }

    [Fact]
    public void The_verb_agrees_with_its_subject()
    {
        var sentences = GrammarText.Draw(20_000, new Seed(3)).ToString().Split('\n')[..^1];
        Assert.All(sentences, sentence =>
        {
            var words = sentence.TrimEnd('.', '!').Split(' ');
            string[] verbs = ["see", "find", "follow", "know", "fear", "like"];
            var found = words.Where(word => verbs.Contains(word.TrimEnd('s')) || verbs.Contains(word)).ToList();
            var plural = words[0] is "two" or "many" or "our" or "some" || sentence.StartsWith("the cats", StringComparison.Ordinal) || sentence.StartsWith("the ships", StringComparison.Ordinal);
            // The main verb is the last one.
            Assert.Equal(plural, verbs.Contains(found[^1]));
        });
    }

    [Fact]
    public void Symbols_are_numbered_in_order_and_come_back()
    {
        var text = GrammarText.Of("banana");
        Assert.Equal(['a', 'b', 'n'], text.Symbols);
        Assert.Equal([1, 0, 2, 0, 2, 0], text.Tokens);
        Assert.Equal("banana", text.ToString());
        Assert.Throws<ArgumentException>(() => GrammarText.Of(""));
    }
}
