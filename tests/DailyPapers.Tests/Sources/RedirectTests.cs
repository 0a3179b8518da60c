using DailyPapers.Papers;
using DailyPapers.Sources;
using DailyPapers.Sources.Arxiv;

namespace DailyPapers.Tests.Sources;

/// <summary>An answer of a source must not make the service ask its own machine or network.</summary>
public class RedirectTests
{
    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::1]/api/query")]
    [InlineData("http://10.0.0.1/api/query")]
    [InlineData("http://localhost/api/query")]
    [InlineData("https://evil.example/api/query")]
    [InlineData("//evil.example/api/query")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/x")]
    public async Task A_redirect_to_elsewhere_is_not_followed(string location)
    {
        await using var server = await SourceServer.AnswerAsync(Redirect(location));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var refusal = await Assert.ThrowsAsync<SourceException>(() => FindAsync(bed));

        Assert.Contains("is not followed", refusal.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Another_port_of_this_machine_is_not_asked()
    {
        await using var inner = await SourceServer.AnswerAsync(new Answer("secret"));
        await using var server = await SourceServer.AnswerAsync(Redirect(new Uri(inner.Url, "admin").ToString()));
        await using var bed = await SourceTestBed.CreateAsync(server);

        await Assert.ThrowsAsync<SourceException>(() => FindAsync(bed));

        Assert.Empty(inner.Requests);
    }

    [Theory]
    [InlineData("https://export.arxiv.org/api/query", "https://arxiv.org/api/query", true)]
    [InlineData("https://export.arxiv.org/api/query", "https://export.arxiv.org/other", true)]
    [InlineData("http://export.arxiv.org/api/query", "https://export.arxiv.org/api/query", true)]
    [InlineData("https://export.arxiv.org/api/query", "http://arxiv.org/api/query", false)]
    [InlineData("https://export.arxiv.org/api/query", "https://arxiv.org:8443/api/query", false)]
    [InlineData("https://export.arxiv.org/api/query", "https://arxiv.org.evil.example/api/query", false)]
    [InlineData("https://export.arxiv.org/api/query", "https://user:secret@arxiv.org/api/query", false)]
    [InlineData("http://10.0.0.1/api/query", "http://11.0.0.1/api/query", false)]
    [InlineData("http://mirror/api/query", "http://other/api/query", false)]
    public void A_redirect_stays_on_its_site(string from, string to, bool expected) => Assert.Equal(expected, OutboundHosts.MayRedirect(new Uri(from), new Uri(to)));

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_connected_to()
    {
        // As a redirect within the site may name a host whose address is ours.
        var hosts = new OutboundHosts(new SourcesOptions());
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = hosts.ConnectAsync, UseProxy = false });

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => http.GetAsync(new Uri("http://localhost:9/"), TestContext.Current.CancellationToken));

        Assert.IsType<RefusedResponseException>(refusal.InnerException ?? refusal);
    }

    private static Answer Redirect(string location) => new("", 302) { Headers = new Dictionary<string, string> { ["Location"] = location } };

    private static Task<PaperRecord?> FindAsync(SourceTestBed bed) => bed.Get<ArxivLookup>().FindAsync(ArxivId.Parse("2508.00001"), TestContext.Current.CancellationToken);
}
