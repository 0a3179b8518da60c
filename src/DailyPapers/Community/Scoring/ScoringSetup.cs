using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Scoring;

/// <summary>Registers scores.</summary>
internal static class ScoringSetup
{
    public static void AddScoring(this IServiceCollection services)
    {
        services.AddSingleton<PaperScoring>();
        services.AddSingleton<ScoreCatchUp>();
        services.AddSingleton<NoveltyMeasuring>();
    }
}
