using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace DailyPapers.Web.Tests.Security;

/// <summary>Finds the forms of a page and sends each with a text in its fields: first in all at once, then, where that is refused, in one after the other.</summary>
internal sealed class FormProbe(string payload)
{
    // What ends the visit, asks for what is no text, or is told elsewhere.
    private static readonly string[] LeftOut = ["/account/sign-out", "/account/delete", "/account/password", "/account/security/authenticator", "/account/security/authenticator/off", "/account/security/recovery-codes"];

    private static int _benign;

    private readonly HashSet<string> _done = [];

    /// <summary>The fields that took the text: path and name.</summary>
    public HashSet<(string Path, string Field)> Accepted { get; } = [];

    /// <summary>The fields that were sent with the text.</summary>
    public HashSet<(string Path, string Field)> Sent { get; } = [];

    public async Task VisitAsync(Reader reader, string path)
    {
        using var response = await reader.GetAsync(path);
        var page = await AnswerAsync(response, path);
        foreach (var form in page?.QuerySelectorAll<IHtmlFormElement>("form[method=post]").ToList() ?? [])
        {
            var action = form.GetAttribute("action")!;
            // Forms of one kind, one for each thing on the page: the first stands for them.
            if (!LeftOut.Contains(action) && _done.Add($"{Regex.Replace(action, "[0-9]+", "#")} {string.Join(',', Texts(form).Select(field => field.GetAttribute("name")))}"))
                await SubmitAsync(reader, form, action);
        }
    }

    private async Task SubmitAsync(Reader reader, IHtmlFormElement form, string action)
    {
        var texts = Texts(form).Select(field => field.GetAttribute("name")!).Distinct().ToList();
        if (texts.Count == 0)
            return;
        if (form.QuerySelector("button[name=preview]") is not null)
            await SendAsync(reader, form, action, texts, preview: true);
        if (await SendAsync(reader, form, action, texts) || texts.Count == 1)
            return;
        foreach (var text in texts)
            await SendAsync(reader, form, action, [text]);
    }

    private async Task<bool> SendAsync(Reader reader, IHtmlFormElement form, string action, IReadOnlyCollection<string> texts, bool preview = false)
    {
        using var response = await reader.PostAsync(action, [.. Fields(form, texts, preview)]);
        Assert.True(response.StatusCode is not HttpStatusCode.TooManyRequests, $"{action} was asked too often to be probed.");
        await AnswerAsync(response, $"{action} with {payload} in {string.Join(", ", texts)}");
        var accepted = (int)response.StatusCode is >= 200 and < 400 && !preview;
        foreach (var text in texts)
        {
            Sent.Add((action, text));
            if (accepted)
                Accepted.Add((action, text));
        }
        return accepted;
    }

    private async Task<IHtmlDocument?> AnswerAsync(HttpResponseMessage response, string where)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode < 500, $"{where} answered {(int)response.StatusCode}.");
        SecurityHeadersTests.AssertSecured(response);
        if (response.Content.Headers.ContentType?.MediaType is not "text/html")
            return null;
        var page = new HtmlParser().ParseDocument(text);
        Harmless.AssertPage(page, $"{where} ({payload})");
        return page;
    }

    private static IEnumerable<IElement> Texts(IHtmlFormElement form) =>
        form.QuerySelectorAll("textarea[name],input[name]:not([type]),input[name][type=text],input[name][type=email],input[name][type=url],input[name][type=search],input[name=return]");

    private IEnumerable<(string Name, string Value)> Fields(IHtmlFormElement form, IReadOnlyCollection<string> texts, bool preview)
    {
        var groups = new HashSet<string>();
        foreach (var field in form.QuerySelectorAll("input[name],textarea[name],select[name]"))
        {
            var name = field.GetAttribute("name")!;
            if (texts.Contains(name))
                yield return (name, field.GetAttribute("maxlength") is { } most && int.Parse(most, System.Globalization.CultureInfo.InvariantCulture) is var length && payload.Length > length ? payload[..length] : payload);
            else if (field is IHtmlSelectElement select)
                yield return (name, select.Options.FirstOrDefault()?.Value ?? "");
            else if (field.GetAttribute("type") is "hidden" or "number" or "checkbox" && name != "return")
                yield return (name, field.GetAttribute("value") ?? "on");
            else if (field.GetAttribute("type") is "radio" && groups.Add(name))
                yield return (name, (form.QuerySelector($"input[name={name}][checked]") ?? field).GetAttribute("value")!);
            else if (field.GetAttribute("type") is "password")
                yield return (name, Reader.Password);
            else if (field.GetAttribute("type") is not "radio")
                yield return (name, Benign(name));
        }
        if (preview)
            yield return ("preview", "true");
        else if (form.QuerySelector("button[name]:not([name=preview])") is { } button)
            yield return (button.GetAttribute("name")!, button.GetAttribute("value")!);
    }

    private static string Benign(string name)
    {
        var number = Interlocked.Increment(ref _benign);
        return name switch
        {
            "email" => $"benign-{number}-{Guid.NewGuid():N}@example.org",
            "url" => "https://example.org/paper",
            "identifier" or "return" => "",
            "handle" => $"benign-{number}-{Guid.NewGuid():N}"[..24],
            _ => $"benign {number}",
        };
    }
}
