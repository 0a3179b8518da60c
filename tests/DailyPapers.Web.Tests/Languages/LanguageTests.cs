using System.Net;
using AngleSharp.Html.Dom;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Languages;

public sealed class LanguageTests(ServiceFixture fixture) : IDisposable
{
    /// <summary>Sentences that stand on some page in English.</summary>
    private static readonly string[] EnglishSentences =
    [
        "Sign in", "Skip to the content", "E-mail digest", "Search papers", "Read the newest edition", "Papers in your inbox", ">How often<", "Moderation log",
        "A daily list of machine-learning papers", "There is no such page", "No account yet?", "Papers are described in our own words", "Curators look at",
        "Nobody has commented yet", "Keep this search", "Did you mean", "Reading list", "How verdicts are reached", "Name shown to others", "In short",
        "Nothing waits to be read", "Saved searches", "Change the name", "Your account", "Notification settings", "Trending",
    ];

    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Theory]
    [InlineData("/", "Neueste Ausgabe")]
    [InlineData("/papers/trending", "Im Trend")]
    [InlineData($"/papers/{SampleContent.PaperWithReproduction}", "Zitieren")]
    [InlineData("/search", "Wie man sucht")]
    [InlineData("/search?q=attention", "Diese Suche aufbewahren")]
    [InlineData("/subscribe", "Arbeiten in Ihrem Postfach")]
    [InlineData("/account/sign-in", "Noch kein Konto?")]
    [InlineData("/account/register", "Ein Konto anlegen")]
    [InlineData("/account/forgot", "Passwort vergessen?")]
    [InlineData("/about", "Wessen Worte")]
    [InlineData("/lab", "Wie Urteile zustande kommen")]
    [InlineData("/collections", "Öffentliche Sammlungen")]
    [InlineData("/moderation/log", "Jede Entscheidung der Kuratoren")]
    public async Task A_page_speaks_the_language_asked_for(string path, string german) =>
        AssertGerman(await GermanPageAsync(_reader, path), german);

    [Theory]
    [InlineData("/account", "Name, den andere sehen")]
    [InlineData("/account/security", "Einen Passkey hinzufügen")]
    [InlineData("/account/sessions", "Wo Sie angemeldet sind")]
    [InlineData("/account/invitations", "Jemanden einladen")]
    [InlineData("/account/searches", "Gespeicherte Suchen")]
    [InlineData("/account/profile", "Was andere von Ihnen sehen")]
    [InlineData("/account/handle", "Kürzel ändern")]
    [InlineData("/submit", "Eine Arbeit einreichen")]
    [InlineData("/submit/mine", "Ihre Einreichungen")]
    [InlineData("/collections", "Neue Sammlung")]
    [InlineData("/reading", "Nichts wartet darauf")]
    [InlineData("/following", "Sie folgen noch nichts")]
    [InlineData("/for-you", "Für Sie")]
    [InlineData("/authorship", "Sie haben keine Arbeit beansprucht")]
    [InlineData("/notifications", "Noch nichts.")]
    [InlineData("/notifications/settings", "Antworten auf meine Kommentare")]
    [InlineData($"/papers/{SampleContent.PaperWithReproduction}", "Einen Kommentar hinzufügen")]
    public async Task A_signed_in_person_reads_the_language_asked_for(string path, string german)
    {
        await _reader.RegisterAsync("Wilhelmine");

        AssertGerman(await GermanPageAsync(_reader, path), german);
    }

    [Fact]
    public async Task A_page_that_does_not_exist_says_so_in_the_language() =>
        AssertGerman(await GermanPageAsync(_reader, "/nowhere", HttpStatusCode.NotFound), "Diese Seite gibt es nicht");

    [Theory]
    [InlineData("de-AT, en;q=0.5", "de")]
    [InlineData("en, de;q=0.9", "en")]
    [InlineData("tlh, de;q=0.2, *;q=0.1", "de")]
    [InlineData("de;q=0, en", "en")]
    [InlineData("tlh", "en")]
    [InlineData("%%%;;q=x,,", "en")]
    public async Task The_first_offered_language_of_the_browser_counts(string accepted, string language)
    {
        using var response = await _reader.SendAsync(HttpMethod.Get, "/about", null, ("Accept-Language", accepted));

        Assert.Equal(language, (await Reader.PageOfAsync(response)).DocumentElement.GetAttribute("lang"));
        Assert.Equal(language, Assert.Single(response.Content.Headers.ContentLanguage));
        Assert.Contains("Accept-Language", response.Headers.Vary);
        Assert.Contains("Cookie", response.Headers.Vary);
    }

    [Fact]
    public async Task A_cached_page_is_one_language_only()
    {
        for (var round = 0; round < 3; round++)
        {
            Assert.Contains("Wessen Worte", (await GermanPageAsync(_reader, "/about")).Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains("Whose words", (await _reader.PageAsync("/about")).Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_chosen_language_stays_and_leads_back()
    {
        var from = new Uri(fixture.Service.Address, "/papers/trending");
        using var chosen = await _reader.SendAsync(HttpMethod.Post, "/language", Reader.Form(("language", "de")), ("Referer", from.ToString()));
        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
        Assert.Equal("/papers/trending", chosen.Headers.Location?.ToString());
        Assert.True(_reader.Cookies.Single(cookie => cookie.Name == "papers-language").HttpOnly);

        using var page = await _reader.SendAsync(HttpMethod.Get, "/papers/trending", null, ("Accept-Language", "en"));

        Assert.Equal("de", (await Reader.PageOfAsync(page)).DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("https://evil.example/papers")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example")]
    public async Task Choosing_leads_nowhere_else(string referer)
    {
        using var request = await _reader.SendAsync(HttpMethod.Post, "/language", Reader.Form(("language", "de")), ("Referer", referer));

        Assert.Equal("/", request.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_language_that_is_not_offered_is_refused()
    {
        using var answer = await _reader.PostAsync("/language", ("language", "<script>"));

        await Reader.PageOfAsync(answer, HttpStatusCode.BadRequest);
        Assert.DoesNotContain(_reader.Cookies, cookie => cookie.Name == "papers-language");
    }

    [Fact]
    public async Task Another_site_cannot_choose()
    {
        using var answer = await _reader.SendAsync(HttpMethod.Post, "/language", Reader.Form(("language", "de")), ("Origin", "https://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_feed_is_the_same_in_every_language()
    {
        const string path = "/search/feed.atom?q=attention";
        using var german = await _reader.SendAsync(HttpMethod.Get, path, null, ("Accept-Language", "de"));
        using var english = await _reader.GetAsync(path);

        Assert.Equal(
            await english.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            await german.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Dates_are_written_as_in_the_language()
    {
        var page = await GermanPageAsync(_reader, "/papers/date/2024-05-17", HttpStatusCode.NotFound);

        Assert.Contains("Freitag, 17. Mai 2024", page.Body!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<IHtmlDocument> GermanPageAsync(Reader reader, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await reader.SendAsync(HttpMethod.Get, path, null, ("Accept-Language", "de"));
        return await Reader.PageOfAsync(response, status);
    }

    private static void AssertGerman(IHtmlDocument page, string german)
    {
        Assert.Equal("de", page.DocumentElement.GetAttribute("lang"));
        var text = page.DocumentElement.OuterHtml;
        Assert.Contains(german, text, StringComparison.Ordinal);
        Assert.All(EnglishSentences, sentence => Assert.DoesNotContain(sentence, text, StringComparison.Ordinal));
    }
}
