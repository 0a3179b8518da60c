using CsCheck;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Trust;

namespace DailyPapers.Tests.Community.Accounts;

public class TrustRuleTests
{
    private static readonly TrustOptions Options = new();
    private static readonly Gen<(int Days, int Accepted, int Rejected)> Activity = Gen.Select(Gen.Int[0, 60], Gen.Int[0, 120], Gen.Int[0, 12]);

    [Theory]
    [InlineData(0, 1000, 0, TrustLevel.New)]
    [InlineData(1000, 0, 0, TrustLevel.New)]
    [InlineData(3, 5, 0, TrustLevel.Regular)]
    [InlineData(3, 5, 1, TrustLevel.New)]
    [InlineData(30, 50, 1, TrustLevel.Trusted)]
    [InlineData(30, 50, 2, TrustLevel.Regular)]
    [InlineData(29, 500, 0, TrustLevel.Regular)]
    public void Levels_take_age_and_accepted_activity(int days, int accepted, int rejected, TrustLevel level) =>
        Assert.Equal(level, Level(AccountRole.Reader, days, accepted, rejected));

    [Fact]
    public void Nobody_falls_by_age_or_accepted_activity_or_rises_by_a_rejection() => Activity.Sample(a =>
    {
        var level = Level(AccountRole.Reader, a.Days, a.Accepted, a.Rejected);
        Assert.True(Level(AccountRole.Reader, a.Days + 1, a.Accepted, a.Rejected) >= level);
        Assert.True(Level(AccountRole.Reader, a.Days, a.Accepted + 1, a.Rejected) >= level);
        Assert.True(Level(AccountRole.Reader, a.Days, a.Accepted, a.Rejected + 1) <= level);
        Assert.Equal(TrustLevel.Trusted, Level(AccountRole.Curator, a.Days, a.Accepted, a.Rejected));
    });

    private static TrustLevel Level(AccountRole role, int days, int accepted, int rejected) =>
        TrustRule.LevelOf(role, TimeSpan.FromDays(days), new TrustEvidence(accepted, rejected), Options);
}
