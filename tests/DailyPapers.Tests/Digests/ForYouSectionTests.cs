using AngleSharp.Html.Parser;
using DailyPapers.Community.Recommending;
using DailyPapers.Community.Upvotes;
using DailyPapers.Search.Semantic;
using DailyPapers.Tests.Community;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace DailyPapers.Tests.Digests;

public class ForYouSectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subscriber_who_wants_it_gets_new_papers_of_their_own_and_others_the_plain_digest()
    {
        await using var papers = await SceneAsync();
        await papers.SendAsync(NextDay);

        var mails = papers.OutboxFiles().Select(file => MimeMessage.Load(file, Token)).ToDictionary(mail => mail.To.ToString());
        var own = mails["ada@example.org"];
        Assert.Equal(["Edited paper", "For you", "Speech synthesis from text", "Cooking with gas stoves"], Headings(own));
        Assert.Contains("Speech synthesis from text", own.TextBody, StringComparison.Ordinal);
        Assert.Contains("For you", own.TextBody, StringComparison.Ordinal);
        Assert.Equal(["Edited paper"], Headings(mails["bo@example.org"]));
        Assert.DoesNotContain("For you", mails["bo@example.org"].TextBody, StringComparison.Ordinal);
        foreach (var mail in mails.Values)
        {
            Assert.DoesNotContain("own-", mail.TextBody, StringComparison.Ordinal);
            Assert.DoesNotContain("<!--", mail.HtmlBody, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("not confirmed")]
    [InlineData("not wanted")]
    [InlineData("off")]
    public async Task Without_a_confirmed_address_or_the_wish_there_is_none(string lacks)
    {
        await using var papers = await SceneAsync();
        await using (var db = await papers.DbAsync())
        {
            if (lacks == "not confirmed")
                await db.Users.ExecuteUpdateAsync(set => set.SetProperty(a => a.EmailConfirmed, false), Token);
            else
                await db.RecommendingChoices.ExecuteUpdateAsync(set => set.SetProperty(c => c.InDigest, lacks == "off").SetProperty(c => c.IsOff, lacks == "off"), Token);
        }
        await papers.SendAsync(NextDay);
        Assert.All(papers.OutboxFiles(), file => Assert.Equal(["Edited paper"], Headings(MimeMessage.Load(file, Token))));
        Assert.Equal(2, papers.OutboxFiles().Length);
    }

    // Ada has an account and wants papers in the digest, Bo only subscribes. One new paper came the day before the edition.
    private static async Task<TemporaryPapers> SceneAsync()
    {
        var papers = await TemporaryPapers.CreateAsync();
        papers.Time.SetUtcNow(new DateTimeOffset(2025, 8, 14, 12, 0, 0, TimeSpan.Zero));
        var ada = await papers.ReaderAsync();
        await using (var db = await papers.DbAsync())
        {
            await db.Users.ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Email, "ada@example.org").SetProperty(a => a.NormalizedEmail, "ADA@EXAMPLE.ORG").SetProperty(a => a.EmailConfirmed, true), Token);
        }
        var liked = (await papers.PapersAsync(LibraryScene.Record("Speech recognition in noise"), LibraryScene.Record("Cooking with gas stoves")))[0];
        await papers.Get<Upvoting>().SetAsync(ada, liked.Id, wanted: true, Token);
        await papers.Get<RecommendingChoices>().SetAsync(new RecommendingChoice { AccountId = ada, InDigest = true }, Token);
        await papers.SubscribeAsync("ada@example.org", "bo@example.org");
        await papers.PapersAsync(LibraryScene.Record("Speech synthesis from text"));
        // The next day's edition: what came in until midnight is news.
        papers.Time.Advance(TimeSpan.FromDays(1));
        await papers.PublishAsync(NextDay, LibraryScene.Record("Edited paper"));
        await papers.Get<SemanticIndex>().AdvanceAsync(null, Token);
        return papers;
    }

    private static DateOnly NextDay { get; } = DigestScene.Day.AddDays(1);

    private static IEnumerable<string> Headings(MimeMessage mail) => new HtmlParser().ParseDocument(mail.HtmlBody!).QuerySelectorAll("h2").Select(heading => heading.TextContent);
}
