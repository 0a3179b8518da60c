using DailyPapers.Search;
using DailyPapers.Search.Correcting;

namespace DailyPapers.Tests.Search.Correcting;

public class CorrectionTests(SearchFixture fixture) : IClassFixture<SearchFixture>
{
    [Theory]
    [InlineData("atention", "attention")]
    [InlineData("gradeint nosie study", "gradient noise study")]
    [InlineData("Netwroks that interpolate", "Networks that interpolate")]
    [InlineData("stochastic optimizaton author:noise", "stochastic optimization author:noise")]
    [InlineData("stochasticoptimization", "stochastic optimization")]
    [InlineData("over parameterized interpolation", "overparameterized interpolation")]
    public async Task An_error_is_corrected_and_the_hits_are_those_of_the_corrected_query(string typed, string meant)
    {
        var results = await SearchAsync(typed);
        Assert.Equal(new Correction(meant, IsShown: true), results.Correction);
        Assert.Equal((await SearchAsync(meant)).Hits.Select(h => h.Paper.Id), results.Hits.Select(h => h.Paper.Id));
        Assert.NotEmpty(results.Hits);
    }

    [Theory]
    [InlineData("\"atention\"")]
    [InlineData("title:atention")]
    [InlineData("author:dukham")]
    [InlineData("-atention noise")]
    [InlineData("atent*")]
    [InlineData("2001.04439")]
    [InlineData("dukhan noise")]
    [InlineData("attention noise")]
    [InlineData("two-pass softmax")]
    [InlineData("atten")]
    [InlineData("xyzzyplugh")]
    [InlineData("")]
    public async Task What_is_no_error_is_left_alone(string typed) => Assert.Null((await SearchAsync(typed)).Correction);

    [Fact]
    public async Task Who_insists_gets_the_words_as_typed()
    {
        var results = await fixture.Search.SearchAsync(new SearchRequest { Text = "atention", Exact = true, Mode = SearchMode.Lexical }, TestContext.Current.CancellationToken);
        Assert.Null(results.Correction);
        Assert.Equal(0, results.Total);
    }

    [Theory]
    // One letter from "tables" and from "rates".
    [InlineData("general joins tabes", "general joins tables")]
    [InlineData("ridge regression raes", "ridge regression rates")]
    public async Task Of_equally_near_words_the_one_is_meant_that_occurs_with_the_others(string typed, string meant) =>
        Assert.Equal(meant, (await SearchAsync(typed)).Correction?.Text);

    [Fact]
    public void Only_bare_words_can_be_wrong() => Assert.Equal(
        ["deep", "two", "pass", "nets"],
        BareWords.In("deep two-pass \"quoted words\" author:\"Some Body\" -without NOT never beginn* OR 2001.04438 cs.LG/x nets gpt4").Select(w => w.Spelling));

    private Task<SearchResults> SearchAsync(string text) =>
        fixture.Search.SearchAsync(new SearchRequest { Text = text, Mode = SearchMode.Lexical }, TestContext.Current.CancellationToken);
}
