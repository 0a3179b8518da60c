using CsCheck;
using DailyPapers.Digests.Subscribing;

namespace DailyPapers.Tests.Digests;

public class EmailAddressTests
{
    [Theory]
    [InlineData("name@example.org", "name@example.org", "name@example.org")]
    [InlineData("  Name.Surname+papers@Example.ORG ", "Name.Surname+papers@example.org", "name.surname+papers@example.org")]
    [InlineData("o'brien@sub.example.co.uk", "o'brien@sub.example.co.uk", "o'brien@sub.example.co.uk")]
    [InlineData("x@bücher.example", "x@xn--bcher-kva.example", "x@xn--bcher-kva.example")]
    [InlineData("x@例え.テスト", "x@xn--r8jz45g.xn--zckzah", "x@xn--r8jz45g.xn--zckzah")]
    public void Addresses_are_accepted_and_made_unique(string typed, string mailbox, string normalized)
    {
        Assert.True(EmailAddress.TryParse(typed, allowLocalhost: false, out var address, out _));
        Assert.Equal((mailbox, normalized), (address.Mailbox, address.Normalized));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("name")]
    [InlineData("name@")]
    [InlineData("@example.org")]
    [InlineData("name@example")]
    [InlineData("name@localhost")]
    [InlineData("name@example..org")]
    [InlineData("name@.example.org")]
    [InlineData("name@example.org.")]
    [InlineData("name@-example.org")]
    [InlineData("name@exa_mple.org")]
    [InlineData("name@127.0.0.1")]
    [InlineData("name@[127.0.0.1]")]
    [InlineData(".name@example.org")]
    [InlineData("name.@example.org")]
    [InlineData("na..me@example.org")]
    [InlineData("\"na me\"@example.org")]
    [InlineData("na me@example.org")]
    [InlineData("name@exam ple.org")]
    [InlineData("Name <name@example.org>")]
    [InlineData("<name@example.org>")]
    [InlineData("name(comment)@example.org")]
    [InlineData("one@example.org, two@example.org")]
    [InlineData("one@example.org;two@example.org")]
    [InlineData("one@two@example.org")]
    [InlineData("name@example.org\r\nBcc: victim@example.org")]
    [InlineData("name\n@example.org")]
    [InlineData("name@example.org\0")]
    [InlineData("name@exa\u00admple.org")]
    [InlineData("name@exa\u200bmple.org")]
    [InlineData("größe@example.org")]
    [InlineData("name@\ud800.org")]
    public void What_is_no_single_plain_address_is_refused_with_a_reason(string? typed)
    {
        Assert.False(EmailAddress.TryParse(typed, allowLocalhost: false, out _, out var problem));
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_are_bounded()
    {
        Assert.True(EmailAddress.TryParse(new string('a', 64) + "@example.org", false, out _, out _));
        Assert.False(EmailAddress.TryParse(new string('a', 65) + "@example.org", false, out _, out _));
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 59), 4));
        Assert.True(EmailAddress.TryParse(new string('a', 254 - domain.Length - 1) + "@" + domain, false, out _, out _));
        Assert.False(EmailAddress.TryParse(new string('a', 255 - domain.Length - 1) + "@" + domain, false, out _, out _));
    }

    [Fact]
    public void Localhost_is_accepted_only_where_allowed() =>
        Assert.True(EmailAddress.TryParse("name@localhost", allowLocalhost: true, out _, out _));

    [Fact]
    public void Nothing_throws_and_what_is_accepted_is_clean_and_parses_to_itself()
    {
        var parts = Gen.OneOf(
            Gen.String,
            Gen.String[Gen.Char["abcXYZ019.@-_+ <>\"\r\n\0,;:()[]\\\u00e4\u4f8b\u200b\ud800"], 0, 40],
            Gen.Select(
                Gen.String[Gen.Char["abcXYZ.+-'"], 1, 10],
                Gen.String[Gen.Char["abcXYZ.-\u00e4\u4f8b\u3002\u00df\u00ad\u0130"], 1, 16],
                (name, domain) => $"{name}@{domain}.org"));
        var accepted = 0;
        parts.Sample(text =>
        {
            if (!EmailAddress.TryParse(text, allowLocalhost: true, out var address, out _))
                return;
            Interlocked.Increment(ref accepted);
            Assert.DoesNotContain(address.Mailbox, c => char.IsControl(c) || char.IsWhiteSpace(c) || !char.IsAscii(c));
            Assert.Equal(1, address.Mailbox.Count(c => c == '@'));
            Assert.True(EmailAddress.TryParse(address.Mailbox, allowLocalhost: true, out var again, out _));
            Assert.Equal((address.Mailbox, address.Normalized), (again.Mailbox, again.Normalized));
        }, iter: 20_000);
        Assert.True(accepted > 100, $"Only {accepted} addresses were accepted; the property said little.");
    }
}
