using DailyPapers.Community.Accounts;
using DailyPapers.TestSupport;
using DailyPapers.Web.Tests.Community;

namespace DailyPapers.Web.Tests.Security;

/// <summary>What every endpoint's answer carries, whoever asks.</summary>
public sealed class EveryAnswerTests(ServiceFixture fixture)
{
    [Fact]
    public async Task Every_endpoint_s_answer_forbids_scripts_and_styles_of_others()
    {
        var (administrator, handle) = await fixture.MemberAsync(AccountRole.Administrator);
        using var anonymous = fixture.NewReader();
        using (administrator)
        {
            foreach (var (name, _) in SiteEndpoints.Of(fixture.Service).Where(entry => entry.Name.StartsWith("GET ", StringComparison.Ordinal)))
            {
                foreach (var reader in (Reader[])[administrator, anonymous])
                {
                    using var response = await reader.GetAsync(SiteEndpoints.SamplePath(name).Replace("/people/none", "/people/" + handle, StringComparison.Ordinal));
                    Assert.True((int)response.StatusCode < 500, $"{name} answered {(int)response.StatusCode}.");
                    SecurityHeadersTests.AssertSecured(response);
                }
            }
        }
    }

    [Fact]
    public async Task Every_cookie_of_a_visit_over_tls_is_for_tls_this_site_and_no_script()
    {
        using var reader = fixture.NewReader();
        var set = new List<string>();
        var form = await SendAsync(HttpMethod.Get, "/account/register");
        var page = await Reader.PageOfAsync(form);
        var fields = Reader.Form(("__RequestVerificationToken", Reader.Token(page)), ("name", "Cookie Reader"), ("email", $"{Guid.NewGuid():N}@example.org"), ("password", Reader.Password));
        (await SendAsync(HttpMethod.Post, "/account/register", fields, set)).Dispose();
        foreach (var path in (string[])["/", "/account/security", "/papers/" + SampleContent.PaperWithReproduction])
            (await SendAsync(HttpMethod.Get, path, null, set)).Dispose();

        Assert.Contains(set, cookie => cookie.StartsWith("papers.session=", StringComparison.Ordinal));
        Assert.All(set, cookie =>
        {
            foreach (var part in (string[])["; secure", "; httponly", "; path=/", "; samesite="])
                Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("samesite=none", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("; domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });

        async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, List<string>? into = null)
        {
            // A client sends secure cookies only over TLS, which ends at the proxy: hand them on.
            var cookies = string.Join("; ", set.Select(cookie => cookie.Split(';')[0]));
            var response = cookies.Length == 0
                ? await reader.SendAsync(method, path, content, ("X-Forwarded-Proto", "https"))
                : await reader.SendAsync(method, path, content, ("X-Forwarded-Proto", "https"), ("Cookie", cookies));
            if (response.Headers.TryGetValues("Set-Cookie", out var values))
                (into ?? set).AddRange(values);
            return response;
        }
    }
}
