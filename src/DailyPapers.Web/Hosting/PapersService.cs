using System.Text.Encodings.Web;
using System.Text.Unicode;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Notifications.Mail;
using DailyPapers.Community.Scoring;
using DailyPapers.Digests.Delivery;
using DailyPapers.Editions.Publishing;
using DailyPapers.Editions.Starter;
using DailyPapers.Reproductions;
using DailyPapers.Reproductions.Requests;
using DailyPapers.Storage;
using DailyPapers.Web.Api.Search;
using DailyPapers.Web.Assets;
using DailyPapers.Web.Caching;
using DailyPapers.Web.Languages;
using DailyPapers.Web.Pages;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Pages.Papers;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Web.Hosting;

/// <summary>The web service: a table of its contents.</summary>
public static class PapersService
{
    private const long LargestForm = 64 * 1024;

    /// <summary>Builds the service on a data directory; <paramref name="settings"/> are added last and so win.</summary>
    public static WebApplication Build(
        DataDirectory directory, IEnumerable<KeyValuePair<string, string?>> settings, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = directory.Root });
        builder.Configuration.AddPapersSettings(directory, settings);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestForm;
        });

        builder.Services.AddDailyPapers(directory, builder.Configuration);
        builder.Services.AddHostedService<ContentChangePoll>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<EditionSchedule>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DigestSchedule>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<NotificationMailSchedule>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LabWork>());
        builder.Services.AddSingleton<SiteAssets>();
        builder.Services.AddSingleton<PaperPageReader>();
        builder.Services.AddSingleton<PaperLibraryReader>();
        builder.Services.AddSignedInSession();
        builder.Services.AddProviders(builder.Configuration);
        builder.Services.AddPrivateSite();
        builder.Services.AddHostedService<SetupLink>();
        builder.Services.AddRequestRates(builder.Configuration);
        builder.Services.AddProblemDetails();
        // A request that cannot be bound is answered with the reason, by the error pages.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddRazorComponents();
        // Pages are UTF-8: only what HTML itself needs escaped is escaped.
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddOutputCache(options =>
        {
            // Identifiers are case-sensitive: another spelling is another address, which leads to the right one or nowhere.
            options.UseCaseSensitivePaths = true;
            options.AddPolicy(AnonymousPageCaching.Name, policy => policy.AddPolicy<AnonymousPageCaching>(), excludeDefaultPolicy: true);
        });
        builder.Services.AddResponseCompression(options => options.EnableForHttps = true);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseGetForHead();
        app.UseSecurityHeaders();
        app.UseRequestLanguage();
        app.UseErrorPages();
        // An answer that would be empty says at least what its number means.
        app.UseStatusCodePages();
        app.UseMalformedRequestRefusal();
        app.UseRouting();
        app.UseCrossSiteRequestRefusal();
        app.UseOutputCache();
        app.UseResponseCompression();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();

        app.Services.GetRequiredService<SiteAssets>().Map(app);
        app.MapHealth();
        app.MapSearchApi();
        app.MapPages();
        return app;
    }

    /// <summary>Prepares the data directory and serves until stopped.</summary>
    public static async Task RunAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await PrepareAsync(app.Services, cancellationToken);
        await HostingAbstractionsHostExtensions.RunAsync(app, cancellationToken);
    }

    /// <summary>Brings the database to the current schema and loads what the product ships.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<DatabaseSetup>().RunAsync(cancellationToken);
        await services.GetRequiredService<Handles>().FillAsync(cancellationToken);
        await services.GetRequiredService<StarterCollection>().LoadAsync(cancellationToken);
        await services.GetRequiredService<ShippedReproductions>().LoadAsync(cancellationToken);
        await services.GetRequiredService<ScoreCatchUp>().RunAsync(cancellationToken);
        await services.GetRequiredService<ContentChanges>().NoticeAsync(cancellationToken);
    }
}
