using System.Text;
using DailyPapers.Community.Accounts.SecondFactor;

namespace DailyPapers.Tests.Community.Accounts;

public class TotpTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B; the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.Code(Key, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void A_code_matches_while_clocks_differ_by_one_step_and_not_again()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_010);
        var step = Totp.StepOf(now);
        Assert.Equal(step - 1, Totp.Match(Key, Totp.Code(Key, step - 1), now, after: 0));
        Assert.Equal(step + 1, Totp.Match(Key, Totp.Code(Key, step + 1), now, after: 0));
        Assert.Null(Totp.Match(Key, Totp.Code(Key, step - 2), now, after: 0));
        Assert.Null(Totp.Match(Key, Totp.Code(Key, step), now, after: step));
        Assert.Null(Totp.Match(Key, "", now, after: 0));
    }

    // RFC 4648, section 10, without its padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_the_standard(string text, string encoded) => Assert.Equal(encoded, Totp.Base32(Encoding.ASCII.GetBytes(text)));
}
