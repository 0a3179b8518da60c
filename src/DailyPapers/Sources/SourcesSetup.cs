using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Sources.Arxiv;
using DailyPapers.Sources.HuggingFace;
using DailyPapers.Sources.Jsonl;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Sources;

/// <summary>Registers this capability.</summary>
public static class SourcesSetup
{
    /// <summary>Adds its services; with a schedule configured, also the harvest in the background.</summary>
    /// <exception cref="SourceException">A setting of the section <c>Sources</c> cannot be used.</exception>
    public static IServiceCollection AddSources(this IServiceCollection services, IConfiguration configuration)
    {
        var options = SourcesOptions.Read(configuration);
        services.AddSingleton(options);
        services.AddSingleton<SourceCursors>();
        services.AddSingleton<ArxivClient>();
        services.AddSingleton<HuggingFaceClient>();
        services.AddSingleton(provider => new ArxivLookup(provider.GetRequiredService<ArxivClient>()));
        services.AddSingleton(provider => new ArxivOaiHarvest(
            provider.GetRequiredService<ArxivClient>(), provider.GetRequiredService<PaperIntake>(), provider.GetRequiredService<SourceCursors>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ArxivQueryImport(
            provider.GetRequiredService<ArxivClient>(), provider.GetRequiredService<PaperIntake>(), provider.GetRequiredService<SourceCursors>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ArxivAnnouncements(
            provider.GetRequiredService<ArxivClient>(), provider.GetRequiredService<PaperIntake>(), provider.GetRequiredService<EditionWriter>(), provider.GetRequiredService<SourceCursors>()));
        services.AddSingleton(provider => new HuggingFaceImport(
            provider.GetRequiredService<HuggingFaceClient>(), provider.GetRequiredService<PaperIntake>(), provider.GetRequiredService<EditionWriter>(), provider.GetRequiredService<SourceCursors>()));
        services.AddSingleton(provider => new JsonlImport(
            provider.GetRequiredService<PaperIntake>(), provider.GetRequiredService<SourceCursors>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<JsonlExport>();
        if (!string.IsNullOrWhiteSpace(options.Arxiv.Schedule))
            services.AddHostedService<ArxivSchedule>();
        return services;
    }
}
