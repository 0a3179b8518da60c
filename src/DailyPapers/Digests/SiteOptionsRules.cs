using DailyPapers.Wording;
using Microsoft.Extensions.Options;

namespace DailyPapers.Digests;

internal sealed class SiteOptionsRules : IValidateOptions<SiteOptions>
{
    public ValidateOptionsResult Validate(string? name, SiteOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Name) || options.Name.Any(char.IsControl))
            problems.Add("Site:Name must be one line of text, such as \"Daily Papers\".");
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.Query.Length > 0 || url.Fragment.Length > 0)
            problems.Add($"Site:Url is \"{options.Url}\"; expected the address readers use, such as \"https://papers.example.org\".");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
            problems.Add($"Site:TimeZone is \"{options.TimeZone}\", which this system does not know; expected an IANA name, such as \"Europe/Berlin\".");
        if (!OfferedLanguages.All.Any(texts => texts.Language == options.Language))
            problems.Add($"Site:Language is \"{options.Language}\"; expected one of {string.Join(", ", OfferedLanguages.All.Select(texts => texts.Language))}.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
