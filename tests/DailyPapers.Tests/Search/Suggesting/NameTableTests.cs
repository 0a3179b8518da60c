using CsCheck;
using DailyPapers.Search.Suggesting;

namespace DailyPapers.Tests.Search.Suggesting;

public class NameTableTests
{
    private static readonly string[] Vocabulary = ["over", "overt", "net", "nets", "learn", "learning", "lean", "mlp", "gen", "general"];
    private static readonly Gen<string> Word = Gen.Int[0, Vocabulary.Length - 1].Select(i => Vocabulary[i]);
    private static readonly Gen<string[]> Name = Word.Array[1, 6];

    [Fact]
    public void Names_are_found_that_have_the_beginnings_in_order_and_the_best_come_first() => Gen.Select(Name.Array[1, 30], Word.Array[1, 3], Gen.Int[1, 8]).Sample(
        (names, typed, most) =>
        {
            var best = new BestNames(most);
            TableOf(names).Find(Exactly(typed), inAnyOrder: false, null, best, null);

            var expected = Enumerable.Range(0, names.Length).Where(name => HasInOrder(names[name], typed)).ToList();
            Assert.Equal(Math.Min(most, expected.Count), best.Matches.Count);
            Assert.All(best.Matches, match => Assert.Contains(match.Name, expected));
            Assert.Equal(best.Matches.Order(), best.Matches);
        });

    [Fact]
    public void Tolerance_never_loses_what_is_found_without() => Gen.Select(Name.Array[1, 30], Word.Array[1, 2]).Sample(
        (names, typed) =>
        {
            var (strict, tolerant) = (new BestNames(names.Length), new BestNames(names.Length));
            TableOf(names).Find(Exactly(typed), inAnyOrder: false, null, strict, null);
            TableOf(names).Find([.. typed.Select(word => new TypedWord(word, EditDistance.Allowed(word.Length)))], inAnyOrder: false, null, tolerant, null);
            Assert.Subset(tolerant.Matches.Select(m => m.Name).ToHashSet(), strict.Matches.Select(m => m.Name).ToHashSet());
        });

    [Theory]
    [InlineData("over mlp gen", "overparameterized mlp generalization", true)]
    [InlineData("mlp over", "overparameterized mlp generalization", false)]
    [InlineData("gen gen", "overparameterized mlp generalization", false)]
    public void The_order_of_the_title_counts(string typed, string title, bool found)
    {
        var best = new BestNames(5);
        TableOf([title.Split(' ')]).Find(Exactly(typed.Split(' ')), inAnyOrder: false, null, best, null);
        Assert.Equal(found, best.Matches.Count == 1);
    }

    [Fact]
    public void What_begins_the_name_comes_before_what_stands_together_before_what_is_scattered()
    {
        var best = new BestNames(5);
        string[][] names = [["deep", "over", "learning"], ["on", "deep", "learning"], ["deep", "learning"], ["learning", "deep"]];
        TableOf(names).Find(Exactly(["deep", "learn"]), inAnyOrder: false, null, best, null);
        Assert.Equal([2, 1, 0], best.Matches.Select(match => match.Name));
    }

    private static List<TypedWord> Exactly(string[] words) => [.. words.Select(word => new TypedWord(word, 0))];

    private static NameTable TableOf(string[][] names)
    {
        var table = new NameTableBuilder();
        for (var name = 0; name < names.Length; name++)
        {
            for (var place = 0; place < names[name].Length; place++)
                table.Add(names[name][place], name, place);
        }
        return table.Build([.. Enumerable.Range(0, names.Length).Select(name => (long)-name)], _ => true);
    }

    private static bool HasInOrder(string[] name, string[] typed)
    {
        var next = 0;
        foreach (var word in name)
        {
            if (next < typed.Length && (word.StartsWith(typed[next], StringComparison.Ordinal) || word == DailyPapers.Search.Text.Stemmer.Stem(typed[next])))
                next++;
        }
        return next == typed.Length;
    }
}
