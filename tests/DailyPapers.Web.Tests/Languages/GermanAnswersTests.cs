using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Languages;

/// <summary>What the site answers to what people do, in the language they chose.</summary>
public sealed class GermanAnswersTests(ServiceFixture fixture) : IDisposable
{
    private const string Paper = $"/papers/{SampleContent.PaperWithReproduction}";
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Theory]
    [InlineData("abcdefghijklm", "Dieses Passwort läuft das Alphabet")]
    [InlineData("kurz", "Ein Passwort braucht mindestens 10 Zeichen.")]
    [InlineData("password123", "gehört zu denen, die zuerst probiert werden")]
    public async Task A_weak_password_is_refused(string password, string german)
    {
        await ChooseAsync("de");

        Assert.Contains(german, await RefusalAsync("/account/register", "/account/register", ("name", "Ada"), ("email", $"{Guid.NewGuid():N}@example.org"), ("password", password)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_has_an_account_is_refused()
    {
        var email = await _reader.RegisterAsync();
        using var other = fixture.NewReader();
        await ChooseAsync("de", other);
        using var answer = await other.SubmitAsync("/account/register", "/account/register", ("name", "Ada"), ("email", email), ("password", Reader.Password));

        Assert.Contains($"Die Adresse {email} hat schon ein Konto.", (await Reader.PageOfAsync(answer, HttpStatusCode.BadRequest)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Paper, Paper + "/comments", "text", " ", "Der Text ist leer")]
    [InlineData("/account/handle", "/account/handle", "handle", "admin", "Das Kürzel admin ist der Website vorbehalten")]
    [InlineData("/account/handle", "/account/handle", "handle", "a", "Das Kürzel hat 1 Zeichen")]
    [InlineData("/submit", "/submit", "paper", "gibberish", "Das nennt keine Arbeit, die wir erkennen.")]
    [InlineData("/following", "/following", "value", "", "nennen Sie in 1 bis")]
    [InlineData("/collections", "/collections", "name", "", "Der Name hat 0 Zeichen")]
    public async Task What_cannot_be_done_is_explained(string from, string path, string field, string value, string german)
    {
        await _reader.RegisterAsync();
        await ChooseAsync("de");

        Assert.Contains(german, await RefusalAsync(from, path, (field, value), ("kind", "author")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remark_about_a_search_is_not_remembered_in_another_language()
    {
        const string path = "/search?q=\"never closed";
        var english = (await _reader.PageAsync(path)).Body!.TextContent;
        await ChooseAsync("de");
        var german = (await _reader.PageAsync(path)).Body!.TextContent;

        Assert.Contains("A quotation mark is never closed", english, StringComparison.Ordinal);
        Assert.Contains("Ein Anführungszeichen wird nicht geschlossen", german, StringComparison.Ordinal);
        Assert.DoesNotContain("A quotation mark", german, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "paper")]
    [InlineData("&language=de", "Arbeit")]
    public async Task An_address_for_programs_may_name_the_language(string language, string expected)
    {
        using var response = await _reader.GetAsync("/api/suggest?q=learn" + language);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var details = document.RootElement.GetProperty("suggestions").EnumerateArray()
            .Where(suggestion => suggestion.GetProperty("kind").GetString() == "keyword")
            .Select(suggestion => suggestion.GetProperty("detail").GetString()!);

        Assert.All(details, detail => Assert.Contains(expected, detail, StringComparison.Ordinal));
        Assert.NotEmpty(details);
    }

    [Fact]
    public async Task A_mail_speaks_the_language_its_reader_chose_whoever_asks_for_it()
    {
        var email = await _reader.RegisterAsync();
        await ChooseAsync("de");
        using var other = fixture.NewReader();
        using (var asked = await other.SubmitAsync("/account/forgot", "/account/forgot", ("email", email)))
            Assert.Equal("en", (await Reader.PageOfAsync(asked)).DocumentElement.GetAttribute("lang"));

        var mail = Assert.Single(Mailbox.Of(fixture.Service, email));
        Assert.Equal("Ein neues Passwort für Daily Papers", mail.Subject);
        Assert.Contains("hat das Passwort von", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Der Link gilt", mail.TextBody, StringComparison.Ordinal);
        var html = new HtmlParser().ParseDocument(mail.HtmlBody!);
        Assert.Equal("de", html.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Ein neues Passwort wählen", html.QuerySelector("a.button")!.TextContent);
        Assert.DoesNotContain("If the button", html.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_is_confirmed_in_the_language_it_was_asked_for_in()
    {
        await ChooseAsync("de");
        var email = $"{Guid.NewGuid():N}@example.org";
        (await _reader.PostAsync("/subscribe", ("email", email), ("frequency", "weekly"))).Dispose();

        var mail = Assert.Single(Mailbox.Of(fixture.Service, email));
        Assert.Equal("Bestätigen Sie Ihren wöchentlichen Auszug von Daily Papers", mail.Subject);
        Assert.Contains("Bestätigen Sie die Bestellung hier:", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal("Bestellung bestätigen", new HtmlParser().ParseDocument(mail.HtmlBody!).QuerySelector("a.button")!.TextContent);
    }

    [Fact]
    public async Task The_language_of_an_account_is_what_was_spoken_at_the_beginning_and_follows_the_choice()
    {
        await ChooseAsync("de");
        await _reader.RegisterAsync();
        Assert.Equal("de", await ExportedAsync());

        await ChooseAsync("en");

        Assert.Equal("en", await ExportedAsync());
    }

    [Fact]
    public async Task A_device_is_named_in_the_language_of_who_looks()
    {
        await _reader.RegisterAsync();
        await ChooseAsync("de");

        Assert.Contains("Ein unbekanntes Gerät", (await _reader.PageAsync("/account/sessions")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_get_their_texts_from_the_page()
    {
        await ChooseAsync("de");
        var field = (await _reader.PageAsync("/")).QuerySelector("input[data-suggest]")!;

        Assert.Equal(("Vorschläge", "Themen"), (field.GetAttribute("data-list"), field.GetAttribute("data-keyword")));
    }

    private async Task ChooseAsync(string language, Reader? reader = null) =>
        (await (reader ?? _reader).PostAsync("/language", ("language", language))).Dispose();

    private async Task<string> RefusalAsync(string from, string path, params (string Name, string Value)[] fields)
    {
        using var answer = await _reader.SubmitAsync(from, path, fields);
        var page = await Reader.PageOfAsync(answer, answer.StatusCode);
        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Equal("de", page.DocumentElement.GetAttribute("lang"));
        return page.Body!.TextContent;
    }

    private async Task<string?> ExportedAsync()
    {
        using var response = await _reader.GetAsync("/account/export");
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.GetProperty("account").GetProperty("account").GetProperty("language").GetString();
    }
}
