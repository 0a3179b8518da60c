using DailyPapers.Digests;
using DailyPapers.Digests.Transport;
using DailyPapers.TestSupport;
using Microsoft.Extensions.Options;

namespace DailyPapers.Tests.Digests;

public class DigestOptionsTests
{
    [Theory]
    [InlineData("Site:Url", "papers.example.org")]
    [InlineData("Site:Url", "ftp://papers.example.org")]
    [InlineData("Site:Name", "Two\nlines")]
    [InlineData("Site:TimeZone", "Middle/Earth")]
    [InlineData("Smtp:Host", "smtp.example.org:587")]
    [InlineData("Smtp:Port", "0")]
    [InlineData("Smtp:From", "nobody")]
    [InlineData("Smtp:From", null)]
    [InlineData("Smtp:ReplyTo", "a@example.org\r\nBcc: b@example.org")]
    [InlineData("Smtp:Password", "secret")]
    [InlineData("Smtp:CertificateSha256", "abc")]
    [InlineData("Smtp:Timeout", "10:00:00")]
    [InlineData("Digest:MaxAgeDays", "0")]
    [InlineData("Digest:MostPapers", "1000")]
    [InlineData("Digest:Lease", "00:01:00")]
    public async Task A_wrong_setting_is_named_at_the_start(string setting, string? value)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Smtp:Host"] = "smtp.example.org",
            ["Smtp:From"] = "papers@example.org",
            ["Site:Url"] = "https://papers.example.org",
            [setting] = value,
        };
        await using var papers = await TemporaryPapers.CreateAsync(settings);
        var error = Assert.Throws<OptionsValidationException>(() =>
            (papers.Get<IOptions<SiteOptions>>().Value, papers.Get<IOptions<SmtpOptions>>().Value, papers.Get<IOptions<DigestOptions>>().Value));
        Assert.StartsWith(setting.StartsWith("Smtp:Password", StringComparison.Ordinal) ? "Smtp:User" : setting, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_never_sent_readably_over_a_network()
    {
        await using var papers = await TemporaryPapers.CreateAsync(new Dictionary<string, string?>
        {
            ["Smtp:Host"] = "smtp.example.org",
            ["Smtp:From"] = "papers@example.org",
            ["Smtp:User"] = "papers",
            ["Smtp:Password"] = "secret",
            ["Smtp:Security"] = "None",
        });
        var error = Assert.Throws<OptionsValidationException>(() => papers.Get<IOptions<SmtpOptions>>().Value);
        Assert.Contains("StartTls", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_settings_everything_has_a_working_default()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        Assert.IsType<OutboxTransport>(papers.Get<IMailTransport>());
        Assert.Equal(new TimeOnly(8, 0), papers.Get<IOptions<DigestOptions>>().Value.DailyAt);
    }
}
