using CsCheck;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Passwords;
using DailyPapers.Digests;
using Microsoft.Extensions.Options;

namespace DailyPapers.Tests.Community.Accounts;

public class PasswordStrengthTests
{
    private static readonly string[] Context = ["Ada Lovelace", "ada.lovelace@engine.example", "Daily Papers"];
    private static readonly PasswordStrength Strength = new(Options.Create(new AccountOptions()), Options.Create(new SiteOptions()));

    [Theory]
    [InlineData("password123", "tried first")]
    [InlineData("P@ssw0rd2024!", "tried first")]
    [InlineData("Dragon!!!!!!", "tried first")]
    [InlineData("1234567890", "tried first")]
    [InlineData("qwertyuiop", "tried first")]
    [InlineData("mnbvcxzlkjhgfdsa", "runs along")]
    [InlineData("abcdefghijkl", "runs along")]
    [InlineData("xyabcdefghij", "runs along")]
    [InlineData("ab1!xab1!xab1!x", "repeats")]
    [InlineData("LovelaceAda1815", "your name")]
    [InlineData("daily.papers.2025", "your name")]
    public void What_is_tried_first_is_refused(string password, string reason) =>
        Assert.Contains(reason, Strength.Problem(password, Context) ?? "nothing", StringComparison.Ordinal);

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("purple anvil sunday")]
    [InlineData("Lovelace keeps eleven owls")]
    [InlineData("tN7#vbK2qZ")]
    [InlineData("грибной дождь в июле")]
    public void Others_will_do(string password) => Assert.Null(Strength.Problem(password, Context));

    [Fact]
    public void Random_passwords_are_hardly_ever_refused()
    {
        var random = new Random(20_251_126);
        var refused = Enumerable.Range(0, 2000)
            .Select(_ => new string(random.GetItems<char>("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 12)))
            .Count(password => Strength.Problem(password, Context) is not null);
        Assert.InRange(refused, 0, 4);
    }

    [Fact]
    public void A_list_holds_all_it_was_made_of_and_little_else() => Gen.String[Gen.Char['a', 'z'], 6, 14].HashSet[50, 400].Sample(words =>
    {
        var list = CommonPasswords.Read(CommonPasswords.Of(words).ToBytes());
        Assert.All(words, word => Assert.True(list.Contains(word)));
        Assert.InRange(Enumerable.Range(0, 5000).Count(i => list.Contains($"other {i}")), 0, 8);
    }, iter: 20);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    public void A_broken_list_is_refused_with_its_remedy(int length)
    {
        var bytes = CommonPasswords.Of(["swordfish", "letmein"]).ToBytes();
        var exception = Assert.Throws<FormatException>(() => CommonPasswords.Read(length < bytes.Length ? bytes[..length] : [.. bytes, 0]));
        Assert.Contains("common-passwords", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_the_settings_counts_besides_the_shipped_one()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, CommonPasswords.Of(["grapefruit moon"]).ToBytes());
            var strength = new PasswordStrength(Options.Create(new AccountOptions { CommonPasswords = file }), Options.Create(new SiteOptions()));
            Assert.Contains("tried first", strength.Problem("Grapefruit Moon", []), StringComparison.Ordinal);
            Assert.Contains("tried first", strength.Problem("password123", []), StringComparison.Ordinal);
            Assert.Null(Strength.Problem("Grapefruit Moon", []));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
