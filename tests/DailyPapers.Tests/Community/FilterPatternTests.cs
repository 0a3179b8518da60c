using System.Diagnostics;
using CsCheck;
using DailyPapers.Community.Moderation.Filters;

namespace DailyPapers.Tests.Community;

public class FilterPatternTests
{
    [Theory]
    [InlineData("casino", "The CASINO is open", true)]
    [InlineData("casino", "casinos", false)]
    [InlineData("casino*", "casinos", true)]
    [InlineData("*casino", "megacasino!", true)]
    [InlineData("casino", "çåsïno", true)]
    [InlineData("casino", "ca\u200Bsino", true)]
    [InlineData("casino", "ｃａｓｉｎｏ", true)]
    [InlineData("Straße", "strasse", false)]
    [InlineData("buy now", "buy  --  now", true)]
    [InlineData("buy now", "buy it now", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("c++", "c++ is fine", true)]
    [InlineData("(", "", null)]
    [InlineData("*", "", null)]
    [InlineData("", "", null)]
    public void Words_match_whole_whatever_their_dress(string pattern, string text, bool? found) =>
        Assert.Equal(found, FilterPattern.Parse(pattern, FilterKind.Words, out _)?.Finds(text));

    [Theory]
    [InlineData("colou?r", "The COLOR", true)]
    [InlineData("^spam", "no spam", false)]
    [InlineData("(?:a+)+$", "aaaa", true)]
    [InlineData("(?=x)x", "x", null)]
    [InlineData(@"(a)\1", "aa", null)]
    [InlineData("(", "(", null)]
    [InlineData("x*", "", null)]
    [InlineData("(a{1000}){1000}", "", null)]
    public void Expressions_that_cannot_run_in_linear_time_are_refused(string pattern, string text, bool? found)
    {
        var parsed = FilterPattern.Parse(pattern, FilterKind.Expression, out var problem);
        Assert.Equal(found, parsed?.Finds(text));
        Assert.Equal(found is null, problem is not null);
    }

    [Theory]
    [InlineData("(a+)+b")]
    [InlineData("(a|a)*b")]
    [InlineData("(.*)(.*)(.*)(.*)(.*)x")]
    [InlineData("(a?){50}a{50}b")]
    public void A_pattern_that_would_backtrack_for_ever_ends(string pattern)
    {
        var clock = Stopwatch.StartNew();
        var found = FilterPattern.Parse(pattern, FilterKind.Expression, out _)?.Finds(new string('a', 10_000));
        Assert.True(found is false or null);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    [Fact]
    public void Any_pattern_is_run_or_refused() => Gen.Select(Gen.String[0, 30], Gen.Bool, Gen.String[0, 60]).Sample((pattern, words, text) =>
    {
        var parsed = FilterPattern.Parse(pattern, words ? FilterKind.Words : FilterKind.Expression, out var problem);
        Assert.Equal(parsed is null, problem is not null);
        parsed?.Finds(text);
    }, iter: 1_000);

    [Fact]
    public void A_word_is_found_between_any_others() => Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 12], Gen.String[Gen.Char[' ', 'z'], 0, 20], Gen.String[Gen.Char[' ', 'z'], 0, 20])
        .Sample((word, before, after) => FilterPattern.Parse(word, FilterKind.Words, out _)!.Finds($"{before} {word.ToUpperInvariant()}. {after}"));
}
