using DailyPapers.Community.Accounts.SecondFactor;

namespace DailyPapers.Tests.Community.Accounts;

public class QrCodeTests
{
    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Equal(57, QrCode.Of(new string('x', 213)).Size);
        Assert.Throws<ArgumentException>(() => QrCode.Of(new string('x', 214)));
        Assert.Equal(21, QrCode.Of("").Size);
    }

    // Read back by an independent decoder when this was recorded.
    [Fact]
    public void A_known_text_gives_the_known_code() => Assert.Equal("e655bc7b4d6a2ec9", Hash(QrCode.Of("otpauth://totp/Daily%20Papers:ada%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Daily%20Papers")));

    private static string Hash(QrCode code) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(code.Path())))[..16];
}
