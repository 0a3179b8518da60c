using CsCheck;

namespace DailyPapers.Embedding.Tests;

public sealed class HeldOutTests
{
    [Fact]
    public void One_title_in_ten_is_held_out() =>
        Assert.InRange(Enumerable.Range(0, 20_000).Count(i => HeldOut.Contains($"A study of matter number {i}")), 1850, 2150);

    [Fact]
    public void Capitals_spaces_and_punctuation_make_no_difference() => Gen.String[Gen.Char.AlphaNumeric, 1, 40].Sample(title =>
        Assert.Equal(HeldOut.Contains(title), HeldOut.Contains($" {string.Join(' ', title.ToUpperInvariant().AsEnumerable())}! ")));
}
