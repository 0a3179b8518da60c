using DailyPapers.Lab.Data;

namespace DailyPapers.Lab.Tests.Data;

public sealed class ProbabilisticGrammarTests
{
    private static readonly ProbabilisticGrammar _language = new(20, 9, 5, 3, 0.8, new Seed(1));

    [Fact]
    public void A_text_is_drawn_by_its_seed_from_words_in_range()
    {
        var text = _language.Text(5000, new Seed(2));
        Assert.Equal(5000, text.Length);
        Assert.Equal(text, _language.Text(5000, new Seed(2)));
        Assert.NotEqual(text, _language.Text(5000, new Seed(3)));
        Assert.All(text, word => Assert.InRange(word, 0, _language.Words - 1));
        Assert.Equal(2 + 6 + 4 + 40 + 18 + 5, _language.Words);
        Assert.True(text.Distinct().Count() > 0.9 * _language.Words);
    }

    [Fact]
    public void Determiner_noun_and_the_verb_after_the_noun_agree_in_number()
    {
        var text = _language.Text(20_000, new Seed(4));
        var checkedPairs = 0;
        for (var i = 1; i < text.Length; i++)
        {
            // Words: ".", "that", 3 determiners of each number, 4 prepositions, nouns from 12, verbs from 52, adjectives from 70.
            if (text[i] is >= 12 and < 52 && text[i - 1] is >= 2 and < 8)
            {
                Assert.Equal(text[i - 1] >= 5 ? 1 : 0, text[i] % 2);
                checkedPairs++;
            }
            // The first noun of a sentence is its subject; a verb right after it is its verb.
            if (i >= 3 && text[i - 3] == 0 && text[i] is >= 52 and < 70 && text[i - 1] is >= 12 and < 52)
            {
                Assert.Equal(text[i - 1] % 2, text[i] % 2);
                checkedPairs++;
            }
        }
        Assert.True(checkedPairs > 1000);
    }

    [Fact]
    public void Liked_verbs_follow_a_noun_more_often_than_others()
    {
        var (loyal, fickle) = (new ProbabilisticGrammar(20, 9, 5, 1, 1, new Seed(5)), new ProbabilisticGrammar(20, 9, 5, 1, 0, new Seed(5)));
        Assert.True(VerbsAfterFirstNoun(loyal) <= 2);
        Assert.True(VerbsAfterFirstNoun(fickle) > 4);

        static int VerbsAfterFirstNoun(ProbabilisticGrammar language)
        {
            var text = language.Text(30_000, new Seed(6));
            return Enumerable.Range(3, text.Length - 3).Where(i => text[i - 3] == 0 && text[i - 1] == 12 && text[i] is >= 52 and < 70).Select(i => text[i] / 2).Distinct().Count();
        }
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProbabilisticGrammar(20, 2, 5, 3, 0.8, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProbabilisticGrammar(20, 9, 5, 3, 1.1, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _language.Text(0, new Seed(1)));
    }
}
