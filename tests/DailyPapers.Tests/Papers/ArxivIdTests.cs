using DailyPapers.Papers;

namespace DailyPapers.Tests.Papers;

public class ArxivIdTests
{
    [Theory]
    [InlineData("2001.04438", "2001.04438", null)]
    [InlineData(" arXiv:2001.04438v2 ", "2001.04438", 2)]
    [InlineData("https://arxiv.org/abs/2001.04438v12", "2001.04438", 12)]
    [InlineData("http://arxiv.org/pdf/2001.04438v1.pdf", "2001.04438", 1)]
    [InlineData("0704.0001", "0704.0001", null)]
    [InlineData("hep-th/9901001", "hep-th/9901001", null)]
    [InlineData("math.GT/0309136v1", "math/0309136", 1)]
    [InlineData("oai:arXiv.org:cs/0112017", "cs/0112017", null)]
    public void Accepts_what_people_paste(string text, string id, int? version)
    {
        Assert.True(ArxivId.TryParse(text, out var parsed));
        Assert.Equal((id, version), (parsed.Id, parsed.Version));
        Assert.Equal(parsed, ArxivId.Parse(parsed.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2001")]
    [InlineData("2013.04438")]
    [InlineData("2000.04438")]
    [InlineData("1412.04438")]
    [InlineData("1501.0443")]
    [InlineData("0703.0001")]
    [InlineData("2001.04438v0")]
    [InlineData("hep-th/9913001")]
    [InlineData("hep-th/0704001")]
    [InlineData("../../etc/passwd")]
    [InlineData("2001.04438\n2")]
    [InlineData("٢٠٠١.٠٤٤٣٨")]
    public void Refuses_what_cannot_be_an_id(string text) => Assert.False(ArxivId.TryParse(text, out _));
}
