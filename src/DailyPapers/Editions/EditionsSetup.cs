using DailyPapers.Editions.Drafting;
using DailyPapers.Editions.Publishing;
using DailyPapers.Editions.Starter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DailyPapers.Editions;

/// <summary>Registers this capability.</summary>
public static class EditionsSetup
{
    /// <summary>Adds its services. A host that publishes by the clock adds <see cref="EditionSchedule"/> as a hosted service.</summary>
    public static IServiceCollection AddEditions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EditionOptions>().Bind(configuration.GetSection("Editions")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EditionOptions>, EditionOptionsRules>();
        services.AddSingleton<SiteCalendar>();
        services.AddSingleton<EditionReader>();
        services.AddSingleton<EditionWriter>();
        services.AddSingleton<Trending>();
        services.AddSingleton<StarterCollection>();
        services.AddSingleton<DraftReader>();
        services.AddSingleton<EditionDrafts>();
        services.AddSingleton<SimilarPapers>();
        services.AddSingleton<EditionCandidates>();
        services.AddSingleton<EditionPublishing>();
        services.AddSingleton<AutomaticEdition>();
        services.AddSingleton<EditionSchedule>();
        return services;
    }
}
