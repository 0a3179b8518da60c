using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace DailyPapers.Web.Tests;

/// <summary>Somebody who reads the site with a browser's cookies, following no redirect by itself.</summary>
internal sealed class Reader : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly HttpClient _http;
    private readonly CookieContainer _cookies = new();

    public Reader(Uri address, string from)
    {
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        // The service believes a proxy on the same machine about who asks.
        _http.DefaultRequestHeaders.Add("X-Forwarded-For", from);
    }

    public IEnumerable<Cookie> Cookies => _cookies.GetAllCookies();

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The page at <paramref name="path"/>, which must answer with <paramref name="status"/>.</summary>
    public async Task<IHtmlDocument> PageAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await GetAsync(path);
        return await PageOfAsync(response, status);
    }

    public static async Task<IHtmlDocument> PageOfAsync(HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{response.RequestMessage!.RequestUri} answered {(int)response.StatusCode}, not {(int)status}: {text[..Math.Min(text.Length, 400)]}");
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return new HtmlParser().ParseDocument(text);
    }

    /// <summary>Sends a form as the page at <paramref name="from"/> would, with the hidden token it carries.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string from, string path, params (string Name, string Value)[] fields)
    {
        var page = await PageAsync(from);
        return await PostAsync(path, [("__RequestVerificationToken", Token(page)), .. fields]);
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) => SendAsync(HttpMethod.Post, path, Form(fields));

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));

    public static string Token(IHtmlDocument page) =>
        page.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? throw new InvalidOperationException("The page has no form token.");

    /// <summary>Makes an account and stays signed in; returns its address.</summary>
    public async Task<string> RegisterAsync(string name = "Ada Reader")
    {
        var email = $"reader-{Guid.NewGuid():N}@example.org";
        using var response = await SubmitAsync("/account/register", "/account/register", ("name", name), ("email", email), ("password", Password));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return email;
    }

    public void Dispose() => _http.Dispose();
}
