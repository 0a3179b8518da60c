namespace DailyPapers.Embedding.Tests;

public sealed class PaperTextTests
{
    [Fact]
    public void Title_keywords_and_abstract_make_the_text()
    {
        Assert.Equal("Title. one, two. Abstract.", PaperText.Compose("Title", ["one", "two"], "Abstract."));
        Assert.Equal("Title", PaperText.Compose("Title", null, " "));
        Assert.Equal("Title. Abstract.", PaperText.Compose("Title", [], "Abstract."));
    }
}
