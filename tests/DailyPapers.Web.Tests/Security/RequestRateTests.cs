using System.Net;
using DailyPapers.TestSupport;
using DailyPapers.Web.Security;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Web.Tests.Security;

public sealed class RequestRateTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task Guessing_passwords_is_stopped_for_one_address_and_nobody_else()
    {
        var page = await _reader.PageAsync("/account/sign-in");
        var statuses = new List<HttpStatusCode>();
        HttpResponseMessage last = null!;
        for (var i = 0; i < 12; i++)
        {
            last = await _reader.PostAsync(
                "/account/sign-in", ("__RequestVerificationToken", Reader.Token(page)), ("email", $"{i}@example.org"), ("password", "guess number one"));
            statuses.Add(last.StatusCode);
        }

        Assert.Equal(Enumerable.Repeat(HttpStatusCode.BadRequest, 10), statuses.Take(10));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.InRange(last.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 300);
        Assert.Contains("try again", await last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        SecurityHeadersTests.AssertSecured(last);
        last.Dispose();

        using var neighbour = fixture.NewReader();
        using var answer = await neighbour.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", "x@example.org"), ("password", "guess number one"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Voting_is_slowed_down_for_an_account_whatever_address_it_comes_from()
    {
        await _reader.RegisterAsync();
        var token = Reader.Token(await _reader.PageAsync("/about"));
        var refused = 0;
        for (var i = 0; i < 65; i++)
        {
            using var response = await _reader.SendAsync(
                HttpMethod.Post,
                $"/papers/{SampleContent.OldStylePaper}/upvote",
                Reader.Form(("__RequestVerificationToken", token), ("wanted", "false")),
                ("Accept", "application/json"));
            if (response.StatusCode is HttpStatusCode.TooManyRequests)
            {
                refused++;
                Assert.NotNull(response.Headers.RetryAfter);
            }
        }

        Assert.InRange(refused, 1, 5);
        using var reading = await _reader.GetAsync("/papers/" + SampleContent.OldStylePaper);
        Assert.Equal(HttpStatusCode.OK, reading.StatusCode);
    }

    [Fact]
    public async Task Addresses_of_one_household_count_as_one_visitor()
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 1; i <= 11; i++)
        {
            using var reader = new Reader(fixture.Service.Address, $"2001:db8:7:1::{i:x}");
            using var response = await reader.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", "y@example.org"), ("password", "guess number one"));
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        using var elsewhere = new Reader(fixture.Service.Address, "2001:db8:7:2::1");
        using var answer = await elsewhere.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", "y@example.org"), ("password", "guess number one"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(0, 0)]
    public async Task How_often_a_visitor_may_search_is_a_setting(int setting, int refused)
    {
        await using var service = await RunningService.StartAsync(services => services.Configure<RequestRateOptions>(options => options.SearchesPerMinute = setting));
        using var reader = ServiceFixture.NewReader(service);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            using var response = await reader.GetAsync("/api/search?q=softmax");
            statuses.Add(response.StatusCode);
        }
        Assert.Equal(refused, statuses.Count(status => status is HttpStatusCode.TooManyRequests));
        Assert.Equal(8 - refused, statuses.Count(status => status is HttpStatusCode.OK));
    }
}
