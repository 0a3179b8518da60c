using DailyPapers.Digests.Delivery;
using DailyPapers.Digests.Mail;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Digests.Transport;
using DailyPapers.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DailyPapers.Digests;

/// <summary>Registers this capability.</summary>
public static class DigestsSetup
{
    /// <summary>Adds its services. A host that sends digests by the clock adds <see cref="DigestSchedule"/> as a hosted service.</summary>
    public static IServiceCollection AddDigests(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SiteOptions>().Bind(configuration.GetSection("Site")).ValidateOnStart();
        services.AddOptions<SmtpOptions>().Bind(configuration.GetSection("Smtp")).ValidateOnStart();
        services.AddOptions<DigestOptions>().Bind(configuration.GetSection("Digest")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SiteOptions>, SiteOptionsRules>();
        services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsRules>();
        services.AddSingleton<IValidateOptions<DigestOptions>, DigestOptionsRules>();

        services.AddSingleton<IMailTransport>(provider => string.IsNullOrEmpty(provider.GetRequiredService<IOptions<SmtpOptions>>().Value.Host)
            ? new OutboxTransport(provider.GetRequiredService<DataDirectory>())
            : new SmtpTransport(provider.GetRequiredService<IOptions<SmtpOptions>>()));
        services.AddSingleton<SiteLinks>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<ConfirmationMailComposer>();
        services.AddSingleton<UnsubscribeTokens>();
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<DigestComposer>();
        services.AddSingleton<ForYouSection>();
        services.AddSingleton<DigestSender>();
        services.AddSingleton<DigestSchedule>();
        return services;
    }
}
