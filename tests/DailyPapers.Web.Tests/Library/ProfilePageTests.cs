using System.Net;
using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Web.Tests.Library;

public sealed class ProfilePageTests(ServiceFixture fixture) : IDisposable
{
    private const string Paper = "/papers/" + SampleContent.PaperWithoutReproduction;

    private readonly Reader _reader = fixture.NewReader();
    private readonly Reader _curator = fixture.NewReader();

    public void Dispose()
    {
        _reader.Dispose();
        _curator.Dispose();
    }

    [Fact]
    public async Task An_author_claims_a_paper_a_curator_confirms_and_everybody_sees_the_badge()
    {
        var handle = await PersonAsync(_reader, AccountRole.Reader);
        await PersonAsync(_curator, AccountRole.Curator);
        var id = (await _reader.PageAsync(Paper)).QuerySelector("form[action='/authorship'] input[name=paper]")!.GetAttribute("value")!;
        using (var claimed = await _reader.SubmitAsync(Paper, "/authorship", ("paper", id), ("author", "Grace Sample"), ("evidence", "My page <b>")))
            Assert.Equal("/authorship", claimed.Headers.Location!.ToString());
        Assert.Contains("waits for a curator", (await _reader.PageAsync(Paper)).QuerySelector(".own")!.TextContent, StringComparison.Ordinal);
        using (var forbidden = await _reader.GetAsync("/authorship/queue"))
            Assert.NotEqual(HttpStatusCode.OK, forbidden.StatusCode);

        var queue = await _curator.PageAsync("/authorship/queue");
        var item = queue.QuerySelectorAll(".claims-made li").Single(li => li.TextContent.Contains("My page <b>", StringComparison.Ordinal));
        var decide = item.QuerySelector("form")!.GetAttribute("action")!;
        using (var forbidden = await _reader.SubmitAsync("/authorship", decide, ("decision", "confirm")))
            Assert.NotEqual("/authorship/queue", forbidden.Headers.Location?.ToString());
        using (var confirmed = await _curator.SubmitAsync("/authorship/queue", decide, ("decision", "confirm")))
            Assert.Equal("/authorship/queue", confirmed.Headers.Location!.ToString());

        using var anonymous = fixture.NewReader();
        var badge = (await anonymous.PageAsync(Paper)).QuerySelector(".paper-head .author-badge")!;
        Assert.Equal($"/people/{handle}", badge.GetAttribute("href"));
        var profile = await anonymous.PageAsync($"/people/{handle}");
        Assert.Equal(Paper, profile.QuerySelector("#authored + ul a")!.GetAttribute("href"));

        var withdraw = (await _reader.PageAsync("/authorship")).QuerySelector("form[action$='/withdraw']")!.GetAttribute("action")!;
        using (var refused = await _curator.SubmitAsync("/authorship/queue", withdraw))
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        (await _reader.SubmitAsync("/authorship", withdraw)).Dispose();
        Assert.Null((await anonymous.PageAsync(Paper)).QuerySelector(".author-badge"));
    }

    [Fact]
    public async Task Upvotes_are_shown_to_others_only_by_choice()
    {
        var handle = await PersonAsync(_reader, AccountRole.Reader);
        (await _reader.SubmitAsync(Paper, Paper + "/upvote", ("wanted", "true"))).Dispose();
        using var anonymous = fixture.NewReader();
        Assert.Null((await anonymous.PageAsync($"/people/{handle}")).QuerySelector("#upvoted"));

        using (var saved = await _reader.SubmitAsync("/account/profile", "/account/profile", ("about", "I <b>count</b>"), ("upvotes", "on")))
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await anonymous.PageAsync($"/people/{handle}");
        Assert.Equal(Paper, page.QuerySelector("#upvoted + ul a")!.GetAttribute("href"));
        Assert.Equal("I <b>count</b>", page.QuerySelector(".intro")!.TextContent);
        (await _reader.SubmitAsync(Paper, Paper + "/upvote", ("wanted", "false"))).Dispose();
        Assert.Null((await anonymous.PageAsync($"/people/{handle}")).QuerySelector("#upvoted"));
    }

    [Fact]
    public async Task A_handle_in_capitals_leads_to_its_page_and_an_unknown_one_nowhere()
    {
        var handle = await PersonAsync(_reader, AccountRole.Reader);
        using var moved = await _reader.GetAsync($"/people/{handle.ToUpperInvariant()}");
        Assert.Equal($"/people/{handle}", moved.Headers.Location!.ToString());
        await _reader.PageAsync("/people/nobody-has-this", HttpStatusCode.NotFound);
    }

    // Registers, gives the account a handle and a role, and signs in again so that the session knows the role.
    private async Task<string> PersonAsync(Reader reader, AccountRole role)
    {
        var email = await reader.RegisterAsync();
        var handle = $"p{Guid.NewGuid():N}"[..20];
        await using (var db = await fixture.Service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            await db.Users.Where(a => a.Email == email).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Handle, handle).SetProperty(a => a.Role, role), TestContext.Current.CancellationToken);
        }
        (await reader.SubmitAsync("/about", "/account/sign-out")).Dispose();
        using var signedIn = await reader.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", Reader.Password));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        return handle;
    }
}
