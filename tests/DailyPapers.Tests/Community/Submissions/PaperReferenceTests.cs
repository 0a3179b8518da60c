using DailyPapers.Community.Submissions;

namespace DailyPapers.Tests.Community.Submissions;

public class PaperReferenceTests
{
    [Theory]
    [InlineData("2508.06601", "arXiv:2508.06601")]
    [InlineData("  arXiv:2508.06601v3 ", "arXiv:2508.06601")]
    [InlineData("https://arxiv.org/abs/2508.06601v2", "arXiv:2508.06601")]
    [InlineData("https://arxiv.org/pdf/2508.06601?download=1#page=3", "arXiv:2508.06601")]
    [InlineData("arxiv.org/abs/math.GT/0309136", "arXiv:math/0309136")]
    [InlineData("https://huggingface.co/papers/2508.06601", "arXiv:2508.06601")]
    [InlineData("https://huggingface.co/papers/2508.06601?utm_source=digest-papers", "arXiv:2508.06601")]
    [InlineData("hf.co/papers/2508.06601", "arXiv:2508.06601")]
    [InlineData("https://www.alphaxiv.org/abs/2508.06601", "arXiv:2508.06601")]
    [InlineData("https://doi.org/10.48550/arXiv.2508.06601", "arXiv:2508.06601")]
    [InlineData("10.48550/arxiv.hep-th/9901001", "arXiv:hep-th/9901001")]
    [InlineData("https://doi.org/10.1145/3292500.3330701", "doi:10.1145/3292500.3330701")]
    [InlineData("doi: 10.1038/S41586-021-03819-2", "doi:10.1038/s41586-021-03819-2")]
    public void What_people_paste_is_recognised(string text, string expected)
    {
        Assert.True(PaperReference.TryParse(text, out var reference));
        Assert.Equal(expected, reference.ToString());
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Addresses_of_elsewhere_name_no_paper(string text) => Assert.False(PaperReference.TryParse(text, out _));

    public static TheoryData<string> Hostile => new(
        "",
        "attention is all you need",
        "http://169.254.169.254/latest/meta-data/",
        "http://169.254.169.254/abs/2508.06601",
        "http://127.0.0.1:5000/papers/2508.06601",
        "http://[::1]/abs/2508.06601",
        "http://[::ffff:169.254.169.254]/abs/2508.06601",
        "http://2130706433/abs/2508.06601",
        "http://0x7f.1/abs/2508.06601",
        "http://localhost/papers/2508.06601",
        "https://arxiv.org@127.0.0.1/abs/2508.06601",
        "https://arxiv.org:80@169.254.169.254/abs/2508.06601",
        "https://arxiv.org.evil.example/abs/2508.06601",
        "https://evil.example/arxiv.org/abs/2508.06601",
        "https://evil.example/?q=https://arxiv.org/abs/2508.06601",
        "https://huggingface.co.evil.example/papers/2508.06601",
        "https://huggingface.co/papers/../../x/2508.06601",
        "https://arxiv.org/abs/2508.06601/../../../etc/passwd",
        "https://arxiv.org/abs/2508.06601\r\nHost: evil.example",
        "https://doi.org@evil.example/10.1145/3292500",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "2508.06601,2508.06602&start=0",
        "2508.066011");
}
