using System.Net;
using DailyPapers.Community.Accounts;
using DailyPapers.Web.Security;
using DailyPapers.Web.Tests.Community;

namespace DailyPapers.Web.Tests.Security;

/// <summary>No endpoint that changes something can be used by another site, whoever is signed in.</summary>
public sealed class FormTokenTests(ServiceFixture fixture)
{
    [Theory]
    [InlineData("")]
    [InlineData("forged")]
    [InlineData("another's")]
    public async Task Every_post_without_the_form_s_own_token_is_refused(string token)
    {
        var (administrator, _) = await fixture.MemberAsync(AccountRole.Administrator);
        var (other, _) = await fixture.MemberAsync(AccountRole.Administrator);
        using (administrator)
        using (other)
        {
            if (token == "another's")
                token = Reader.Token(await other.PageAsync("/about"));
            // With the cookie half of the pair, which a browser would send along.
            await administrator.PageAsync("/about");
            var wrong = new List<string>();
            foreach (var (name, endpoint) in SiteEndpoints.Of(fixture.Service).Where(entry => entry.Name.StartsWith("POST ", StringComparison.Ordinal)))
            {
                if (endpoint.Metadata.GetMetadata<RequiresAntiforgeryToken>() is null)
                    continue;
                using var response = await administrator.PostAsync(SiteEndpoints.SamplePath(name), ("__RequestVerificationToken", token), ("wanted", "true"), ("paper", "1"), ("upTo", "1"));
                var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                if (!(response.StatusCode is HttpStatusCode.BadRequest && text.Contains("expired", StringComparison.Ordinal)) && response.StatusCode is not HttpStatusCode.TooManyRequests)
                    wrong.Add($"{name} answered {(int)response.StatusCode}");
            }
            Assert.Empty(wrong);
        }
    }

    [Fact]
    public async Task Every_post_from_another_site_is_refused_but_for_leaving_a_mail()
    {
        var (administrator, _) = await fixture.MemberAsync(AccountRole.Administrator);
        using (administrator)
        {
            var token = Reader.Token(await administrator.PageAsync("/about"));
            var let = new List<string>();
            foreach (var (name, _) in SiteEndpoints.Of(fixture.Service).Where(entry => entry.Name.StartsWith("POST ", StringComparison.Ordinal)))
            {
                using var response = await administrator.SendAsync(
                    HttpMethod.Post, SiteEndpoints.SamplePath(name), Reader.Form(("__RequestVerificationToken", token)), ("Sec-Fetch-Site", "cross-site"));
                if (response.StatusCode is not HttpStatusCode.Forbidden)
                    let.Add(name);
            }
            Assert.Equal(["POST /notifications/unsubscribe", "POST /unsubscribe"], let.Order(StringComparer.Ordinal));
        }
    }
}
