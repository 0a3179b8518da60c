using System.Net;
using DailyPapers.Community.Accounts.SecondFactor;
using DailyPapers.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DailyPapers.Web.Tests.Accounts;

public sealed class SecondStepTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private RunningService _service = null!;
    private Reader _owner = null!;
    private string _email = null!;
    private byte[] _key = null!;
    private List<string> _recoveryCodes = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(services => services.AddSingleton<TimeProvider>(_time));
        _owner = ServiceFixture.NewReader(_service);
        _email = await _owner.RegisterAsync();
        using var offered = await _owner.SubmitAsync("/account/security", "/account/security/authenticator", ("current", Reader.Password));
        var page = await Reader.PageOfAsync(offered);
        Assert.NotEmpty(page.QuerySelector("svg.qr path")!.GetAttribute("d")!);
        _key = FromBase32(page.QuerySelector(".secret")!.TextContent.Replace(" ", "", StringComparison.Ordinal));
        var offer = page.QuerySelector("input[name=offer]")!.GetAttribute("value")!;
        using var wrong = await _owner.SubmitAsync("/account/security", "/account/security/authenticator/on", ("offer", offer), ("code", "000000"));
        Assert.Equal(offer, (await Reader.PageOfAsync(wrong, HttpStatusCode.BadRequest)).QuerySelector("input[name=offer]")!.GetAttribute("value"));
        using var on = await _owner.SubmitAsync("/account/security", "/account/security/authenticator/on", ("offer", offer), ("code", Now()));
        _recoveryCodes = [.. (await Reader.PageOfAsync(on)).QuerySelectorAll(".codes li").Select(li => li.TextContent)];
        _time.Advance(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_password_alone_does_not_sign_in_and_a_code_is_good_once()
    {
        using var reader = await AtSecondStepAsync();
        Assert.Null((await reader.PageAsync("/about")).QuerySelector(".who"));
        var code = Now();
        using var done = await reader.SubmitAsync("/account/second-step", "/account/second-step", ("code", $"{code[..3]} {code[3..]}"), ("return", "/lab"));
        Assert.Equal("/lab", done.Headers.Location?.OriginalString);
        Assert.NotNull((await reader.PageAsync("/about")).QuerySelector(".who"));

        using var thief = await AtSecondStepAsync();
        using var replayed = await thief.SubmitAsync("/account/second-step", "/account/second-step", ("code", code));
        Assert.Equal(HttpStatusCode.BadRequest, replayed.StatusCode);
        Assert.Null((await thief.PageAsync("/about")).QuerySelector(".who"));
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once()
    {
        Assert.Equal(Authenticator.RecoveryCodes, _recoveryCodes.Distinct().Count());
        using var reader = await AtSecondStepAsync();
        using var done = await reader.SubmitAsync("/account/second-step", "/account/second-step", ("code", _recoveryCodes[3].ToUpperInvariant().Replace('-', ' ')));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Contains("9 recovery codes left", (await reader.PageAsync("/account/security")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        using var again = await AtSecondStepAsync();
        using var refused = await again.SubmitAsync("/account/second-step", "/account/second-step", ("code", _recoveryCodes[3]));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Guessing_codes_locks_the_account()
    {
        using var reader = await AtSecondStepAsync();
        var form = Reader.Token(await reader.PageAsync("/account/second-step"));
        for (var i = 0; i < 8; i++)
            (await reader.PostAsync("/account/second-step", ("__RequestVerificationToken", form), ("code", $"00000{i}"))).Dispose();
        using var right = await reader.PostAsync("/account/second-step", ("__RequestVerificationToken", form), ("code", Now()));
        Assert.Equal(HttpStatusCode.BadRequest, right.StatusCode);
    }

    [Fact]
    public async Task The_step_takes_the_password_before_and_ends_after_ten_minutes()
    {
        using var stranger = ServiceFixture.NewReader(_service);
        using var skipped = await stranger.GetAsync("/account/second-step");
        Assert.StartsWith("/account/sign-in", skipped.Headers.Location!.OriginalString, StringComparison.Ordinal);

        using var late = await AtSecondStepAsync();
        _time.Advance(TimeSpan.FromMinutes(11));
        using var refused = await late.GetAsync("/account/second-step");
        Assert.StartsWith("/account/sign-in", refused.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_turned_off_with_the_password()
    {
        using var refused = await _owner.SubmitAsync("/account/security", "/account/security/authenticator/off", ("current", "not the one"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        (await _owner.SubmitAsync("/account/security", "/account/security/authenticator/off", ("current", Reader.Password))).Dispose();
        using var reader = ServiceFixture.NewReader(_service);
        using var signedIn = await reader.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", _email), ("password", Reader.Password));
        Assert.Equal("/", signedIn.Headers.Location?.OriginalString);
    }

    private string Now() => Totp.Code(_key, Totp.StepOf(_time.GetUtcNow()));

    private async Task<Reader> AtSecondStepAsync()
    {
        var reader = ServiceFixture.NewReader(_service);
        using var response = await reader.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", _email), ("password", Reader.Password));
        Assert.StartsWith("/account/second-step", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        return reader;
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
