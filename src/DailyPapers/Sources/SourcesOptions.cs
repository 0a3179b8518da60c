using System.Reflection;
using DailyPapers.Sources.Arxiv;
using DailyPapers.Sources.HuggingFace;
using Microsoft.Extensions.Configuration;

namespace DailyPapers.Sources;

/// <summary>The section <c>Sources</c> of the settings. With nothing set, nothing is contacted.</summary>
public sealed record SourcesOptions
{
    private const string Product = "DailyPapers";

    /// <summary>A URL or mail address under which whoever runs this can be reached; sent with every request, as the sources ask.</summary>
    public string? Contact { get; init; }

    /// <summary>How long one request may take, its body included; 2 minutes unless set.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The most bytes an answer may have, decompressed; 64 MB unless set.</summary>
    public int MaxResponseBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How often a failed request is tried again; 5 times unless set.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>arXiv.</summary>
    public ArxivOptions Arxiv { get; init; } = new();

    /// <summary>Hugging Face.</summary>
    public HuggingFaceOptions HuggingFace { get; init; } = new();

    internal string UserAgent
    {
        get
        {
            var version = typeof(SourcesOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
            var plain = version.Split('+')[0];
            return Contact is { Length: > 0 } contact ? $"{Product}/{plain} (+{contact})" : $"{Product}/{plain}";
        }
    }

    /// <summary>Reads and checks the section.</summary>
    /// <exception cref="SourceException">A setting cannot be used.</exception>
    internal static SourcesOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Sources");
        SourcesOptions options;
        try
        {
            options = section.Get<SourcesOptions>() ?? new SourcesOptions();
        }
        catch (InvalidOperationException exception)
        {
            throw Invalid($"a value has the wrong form. {exception.Message}", "Correct it in the settings.", exception);
        }
        if (options.Contact is { } contact && contact.Any(c => c is < ' ' or > '~' or '(' or ')' or '\\'))
            throw Invalid("Sources:Contact has characters that a request header cannot carry.", "Give one URL or mail address.");
        if (options.RequestTimeout <= TimeSpan.Zero || options.RequestTimeout > TimeSpan.FromHours(1))
            throw Invalid($"Sources:RequestTimeout is {options.RequestTimeout}.", "Give a time of at most an hour, such as 00:02:00.");
        if (options.MaxResponseBytes < 1024)
            throw Invalid($"Sources:MaxResponseBytes is {options.MaxResponseBytes}.", "Give at least 1024.");
        if (options.Retries is < 0 or > 20)
            throw Invalid($"Sources:Retries is {options.Retries}.", "Give a number from 0 to 20.");
        CheckUrl("Sources:Arxiv:AtomUrl", options.Arxiv.AtomUrl);
        CheckUrl("Sources:Arxiv:OaiUrl", options.Arxiv.OaiUrl);
        CheckUrl("Sources:Arxiv:RssUrl", options.Arxiv.RssUrl);
        CheckUrl("Sources:HuggingFace:Url", options.HuggingFace.Url);
        options.Arxiv.Check();
        return options;
    }

    internal static SourceException Invalid(string happened, string remedy, Exception? inner = null) => new("Settings", happened, remedy, inner);

    private static void CheckUrl(string field, Uri url)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            throw Invalid($"{field} is '{url}'.", "Give an absolute http or https URL, or leave it out.");
    }
}
