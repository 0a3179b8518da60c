using CsCheck;
using DailyPapers.Search.Suggesting;

namespace DailyPapers.Tests.Search.Suggesting;

public class EditDistanceTests
{
    // Few letters, so that words are often near one another.
    private static readonly Gen<string> Word = Gen.Char["abc"].Array[1, 9].Select(letters => new string(letters));

    [Theory]
    [InlineData("network", "network", 0)]
    [InlineData("netwrok", "network", 1)]
    [InlineData("atention", "attention", 1)]
    [InlineData("softmqx", "softmax", 1)]
    [InlineData("lrnin", "learning", 3)]
    [InlineData("ca", "abc", 3)]
    public void A_transposition_counts_one(string typed, string word, int distance) =>
        Assert.Equal(distance, EditDistance.Between(typed, word));

    [Fact]
    public void It_is_the_distance_by_the_recursive_definition() => Gen.Select(Word, Word).Sample(
        (typed, word) => Assert.Equal(Defined(typed, word), EditDistance.Between(typed, word)));

    [Fact]
    public void The_distance_to_a_beginning_is_that_of_the_nearest_one() => Gen.Select(Word, Word).Sample(
        (typed, word) => Assert.Equal(Enumerable.Range(0, word.Length + 1).Min(length => Defined(typed, word[..length])), EditDistance.ToBeginning(typed, word)));

    [Fact]
    public void The_words_near_a_beginning_are_those_that_each_word_alone_says() => Gen.Select(Word.Array[0, 60], Word, Gen.Int[0, 2]).Sample(
        (words, typed, most) =>
        {
            var sorted = words.Distinct().Order(StringComparer.Ordinal).ToList();
            var found = new WordList(sorted).BeginningNear(typed, most)
                .SelectMany(range => Enumerable.Range(range.First, range.End - range.First).Select(place => (sorted[place], range.Cost)));
            var expected = sorted
                .Select(word => (Word: word, Distance: EditDistance.ToBeginning(typed, word)))
                .Where(near => near.Distance <= most)
                .Select(near => (near.Word, near.Distance + (near.Distance > 0 && near.Word[0] != typed[0] ? 1 : 0)));
            Assert.Equal(expected, found);
        });

    [Fact]
    public void The_words_that_begin_so_stand_together() => Gen.Select(Word.Array[0, 60], Word).Sample(
        (words, beginning) =>
        {
            var sorted = words.Distinct().Order(StringComparer.Ordinal).ToList();
            var range = new WordList(sorted).BeginningWith(beginning);
            Assert.Equal(sorted.Where(word => word.StartsWith(beginning, StringComparison.Ordinal)), sorted[range.First..range.End]);
        });

    private static int Defined(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
            return left.Length + right.Length;
        var memory = new Dictionary<(int, int), int>();
        return At(left.Length, right.Length);

        int At(int i, int j)
        {
            if (i == 0 || j == 0)
                return i + j;
            if (memory.TryGetValue((i, j), out var known))
                return known;
            var least = Math.Min(Math.Min(At(i - 1, j) + 1, At(i, j - 1) + 1), At(i - 1, j - 1) + (left[i - 1] == right[j - 1] ? 0 : 1));
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                least = Math.Min(least, At(i - 2, j - 2) + 1);
            return memory[(i, j)] = least;
        }
    }
}
